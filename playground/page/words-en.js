// The page's own words in English.
export const EN = {
  // the bar
  minutes: "+15 min", hour: "+1 h", goTo: "Go to a moment", theme: "Light or dark", tools: "Faults and requests", tour: "Tour",
  clock: "Clock", speed: "How fast the clock goes", pause: "Pause", more: "More", toPhones: "To the phones",
  lost: "The connection to the playground is lost. Trying again…",
  plain: "Telegram's own parser (tdjson) is not installed: formatting is shown plain.",
  violations: {one: "{n} request of the bot would be refused by Telegram as malformed.", other: "{n} requests of the bot would be refused by Telegram as malformed."},
  seeThem: "Show", broken: "That did not work: {text}",
  // people
  people: "Phones", newPerson: "Name of a new person", add: "Add a person", find: "Find somebody", groups: "Groups and channels",
  noPhones: "Choose somebody from the list to see their phone.", unread: "{n} new", blocked: "has blocked the bot",
  notStarted: "has not pressed START", phoneOf: "Phone of {name}", seenBy: "as seen by", nobodyThere: "There is nobody in this group yet.",
  // a phone
  close: "Put the phone away", profile: "Profile and settings", start: "START", startHint: "code, if any",
  startWith: "The link opens the bot with a code:", restart: "Unblock and restart", block: "Block the bot", unblock: "Unblock the bot",
  speaks: "Switch to {name}", privateChat: "Bot", chats: "Chats", conversation: "Conversation", topics: "Topics", general: "General",
  readOnly: "Only administrators post in this channel.", topicClosed: "This topic is closed.", deactivated: "This account is deleted.",
  typing: "the bot is typing…", uploading: "the bot is sending a file…", newMessages: "New messages", toEnd: "To the newest message",
  earlier: "Show earlier messages", emptyChat: "Nothing here yet.", pressStart: "Press START below to begin.", pinned: "Pinned message", can: "What can this bot do?",
  // writing
  message: "Message", send: "Send", attach: "Attach", commands: "Commands", nobody: "The bot has no commands for this chat.",
  photo: "Photo or video", file: "File", voiceFile: "Voice message from a file", record: "Record a voice message", stop: "Stop recording",
  recording: "Recording…", noMicrophone: "The browser does not let this page use a microphone.", contact: "My contact", location: "My location",
  asFiles: "Send as files", dropHere: "Drop files to send them", remove: "Remove", replyTo: "Reply to {name}", editing: "Editing",
  cancel: "Cancel", keys: "Keyboard of the bot", tooBig: "{name} is larger than 50 MB and was left out.", emptyFile: "{name} is empty and was left out.",
  // messages
  edited: "edited", copied: "Copied: {text}", copy: "Copy", copyText: "Copy the text", copyCode: "Copy the code", copyButton: "Copies: {text}",
  forwardedFrom: "Forwarded from {name}", reply: "Reply", forward: "Forward", forwardTo: "Forward to…", edit: "Edit", delete: "Delete",
  messageMenu: "What to do with the message", react: "React with {emoji}", spoiler: "Hidden text: press to see it", expand: "Show all", collapse: "Show less",
  opens: "Opens {url}", unmodelled: "This kind of button does nothing here.", disabledKey: "This button is switched off.", ok: "OK", picture: "Picture",
  openPicture: "Open the picture", download: "Download {name}", sticker: "Sticker", voice: "Voice message", video: "Video", audio: "Music", place: "Place on the map",
  you: "You", bot: "bot",
  // polls
  poll: "Poll", quiz: "Quiz", anonymousPoll: "Anonymous poll", closedPoll: "Final results", vote: "Vote",
  votes: {one: "{n} vote", other: "{n} votes"}, noVotes: "No votes yet",
  // events
  ev_pinned_message: "{who} pinned “{text}”", ev_new_chat_members: "{text} joined", ev_left_chat_member: "{text} left",
  ev_forum_topic_created: "Topic “{text}” was created", ev_forum_topic_edited: "The topic is now called “{text}”", ev_forum_topic_closed: "The topic was closed",
  ev_forum_topic_reopened: "The topic was reopened", ev_general_forum_topic_hidden: "General was hidden", ev_general_forum_topic_unhidden: "General is shown again",
  ev_new_chat_title: "The group is now called “{text}”", ev_group_chat_created: "The group was created", ev_supergroup_chat_created: "The group was created",
  ev_channel_chat_created: "The channel was created", ev_migrate_to_chat_id: "The group became a supergroup", ev_migrate_from_chat_id: "The group became a supergroup",
  ev_web_app_data: "Data from “{text}” was sent to the bot", ev_other: "Event: {text}",
  // tour
  tourStep: "Step {n} of {of}", next: "Next", back: "Back", finish: "Finish", type: "Type it for me", skip: "Skip the tour", resume: "Tour, step {n}",
  // tools
  faults: "Faults", wire: "Requests", malformed: "Malformed", closeTools: "Close", kind: "What goes wrong", method: "Method", anyMethod: "any",
  text: "Text contains", chatId: "Chat", anyChat: "any", nth: "From the n-th", times: "How often", always: "always", seconds: "Seconds",
  addFault: "Add", clearFaults: "Remove all", noFaults: "Nothing goes wrong at the moment.", struck: "struck {hits} of {seen}", rate: "Rate", seed: "Seed",
  random: "By chance", faultRefused: "The server did not take this fault: {text}", noRequests: "No requests yet.", onlyErrors: "errors only", pauseLog: "Hold still",
  filterMethod: "Method", filterChat: "Chat", params: "Parameters", result: "Result", noViolations: "No malformed requests. Well done.", forgetThem: "Forget them",
  f_429: "Too many requests, with a wait", "f_429-bare": "Too many requests, no wait given", f_403: "Blocked by the user", f_409: "Another program polls",
  f_500: "Server error", f_502: "Bad gateway", "f_502-html": "Bad gateway, as a web page", f_delay: "Slow answer", f_disconnect: "Connection breaks before",
  "f_reply-lost": "Done, but the answer is lost", "f_drop-update": "An update gets lost", "f_duplicate-update": "An update comes twice", "f_reorder-update": "Updates come in another order",
};
