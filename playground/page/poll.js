// A poll: its question, the share of every answer, and a vote of the person who looks.
import {make} from "./dom.js";
import {word} from "./words.js";

export function pollOf(message, userId, act) {
  const {poll} = message;
  const mine = new Set(message.votes?.[userId] ?? []);
  const right = new Set(poll.correct_option_ids ?? (poll.correct_option_id === undefined ? [] : [poll.correct_option_id]));
  const box = make("div", "poll");
  const kind = poll.is_closed ? "closedPoll" : poll.type === "quiz" ? "quiz" : poll.is_anonymous ? "anonymousPoll" : "poll";
  box.append(make("b", "", poll.question), make("small", "", word(kind)));
  const final = poll.is_closed || (mine.size > 0 && !poll.allows_revoting);
  const several = poll.allows_multiple_answers && !final && !mine.size;
  const chosen = new Set();
  const send = make("button", "vote", word("vote"));
  send.disabled = true;
  send.onclick = () => act.vote(message, [...chosen].sort());
  poll.options.forEach((option, index) => {
    const button = make("button", mine.has(index) ? "option mine" : "option");
    const share = poll.total_voter_count ? option.voter_count / poll.total_voter_count : 0;
    const seen = poll.is_closed || mine.size > 0;
    button.append(make("span", "", option.text));
    if (seen) {
      const bar = make("progress");
      bar.value = share;
      bar.setAttribute("aria-hidden", "true");
      button.append(make("small", "", `${Math.round(share * 100)} %`), bar);
    }
    button.setAttribute("aria-pressed", mine.has(index));
    button.disabled = final;
    if (seen && right.has(index)) button.classList.add("right");
    button.onclick = () => {
      if (!several) { act.vote(message, mine.has(index) ? [] : [index]); return; }
      if (!chosen.delete(index)) chosen.add(index);
      button.classList.toggle("mine", chosen.has(index));
      button.setAttribute("aria-pressed", chosen.has(index));
      send.disabled = !chosen.size;
    };
    box.append(button);
  });
  if (several) box.append(send);
  if (poll.explanation && mine.size) box.append(make("p", "explanation", poll.explanation));
  const count = poll.total_voter_count;
  box.append(make("small", "", count ? word("votes", {n: count}) : word("noVotes")));
  return box;
}
