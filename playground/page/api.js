// The control API of the playground, and which links are links into the bot.
const API = "/_admin";

// null when there is no such thing, or nobody answers: the page says then that the connection is lost.
export async function get(path) {
  const answer = await fetch(`${API}/${path}`).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

export async function lines(path) {
  const answer = await fetch(`${API}/${path}`).catch(() => null);
  if (!answer?.ok) return [];
  return (await answer.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function ask(method, path, body) {
  const options = {method};
  if (body !== undefined) {
    options.headers = {"Content-Type": "application/json"};
    options.body = JSON.stringify(body);
  }
  try {
    const answer = await fetch(`${API}/${path}`, options);
    const found = await answer.json().catch(() => ({}));
    return {ok: answer.ok, body: found, error: String(found?.error ?? answer.statusText).split("\n")[0]};
  } catch (problem) {
    return {ok: false, body: {}, error: String(problem.message ?? problem)};
  }
}

export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);
export const fileUrl = (id) => `${API}/files/${encodeURIComponent(id)}`;
export const listen = () => new EventSource(`${API}/events`);

const SAFE = /^(https?|mailto|tel):/i;
export const safe = (url) => SAFE.test(url);

// The payload of a link that opens the bot ("" without one); null for every other address.
export function startPayload(url, username) {
  const web = /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(url.trim());
  const app = /^tg:\/\/resolve\/?\?(.*)$/i.exec(url.trim());
  if (!web && !app) return null;
  const query = new URLSearchParams((web ? web[2] : app[1]) ?? "");
  const name = web ? web[1] : query.get("domain") ?? "";
  if (name.toLowerCase() !== username.toLowerCase()) return null;
  const payload = query.get("start") ?? "";
  return /^[\w-]{0,64}$/.test(payload) ? payload : null;
}
