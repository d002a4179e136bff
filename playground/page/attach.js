// Files from the person's computer: chosen, pasted or dropped, looked at in a tray, then sent.
import {icon, iconButton, make} from "./dom.js";
import {size} from "./media.js";
import {word} from "./words.js";

const MOST_BYTES = 50 * 1024 * 1024;
const ALBUM = 10;
const PHOTO = /^image\/(png|jpeg|webp)$/;

export class Attachments {
  constructor(phone, focus) {
    this.phone = phone;
    this.focus = focus;
    this.asFiles = false;
    this.list = []; // {file, kind, url?} with kind photo, video, voice or file
    this.root = make("div", "tray");
    this.root.hidden = true;
  }

  pick(accept, kind) {
    const input = make("input", "picker");
    input.type = "file";
    input.multiple = kind !== "voice";
    input.accept = accept;
    input.setAttribute("aria-hidden", "true");
    input.tabIndex = -1;
    input.onchange = () => { this.add([...input.files], kind); input.remove(); };
    input.oncancel = () => input.remove();
    this.root.after(input);
    input.click();
  }

  add(files, kind = "auto") {
    for (const file of files) {
      if (file.size > MOST_BYTES || !file.size) {
        this.phone.say(word(file.size ? "tooBig" : "emptyFile", {name: file.name}));
        continue;
      }
      const found = kind !== "auto" ? kind : PHOTO.test(file.type) ? "photo" : file.type.startsWith("video/") ? "video" : "file";
      this.list.push({file, kind: found, url: PHOTO.test(file.type) ? URL.createObjectURL(file) : null});
    }
    this.draw();
    this.focus();
  }

  clear() {
    for (const {url} of this.list) if (url) URL.revokeObjectURL(url);
    this.list = [];
    this.asFiles = false;
    this.draw();
  }

  draw() {
    this.root.hidden = !this.list.length;
    this.root.replaceChildren(...this.list.map((entry) => this.card(entry)));
    if (this.list.some(({kind}) => kind === "photo" || kind === "video")) {
      const label = make("label", "as-files");
      const box = make("input");
      box.type = "checkbox";
      box.checked = this.asFiles;
      box.onchange = () => { this.asFiles = box.checked; };
      label.append(box, word("asFiles"));
      this.root.append(label);
    }
  }

  card(entry) {
    const card = make("div", "tray-card");
    if (entry.url) {
      const image = make("img");
      image.src = entry.url;
      image.alt = entry.file.name;
      card.append(image);
    } else {
      card.append(icon(entry.kind === "voice" ? "microphone" : "file"), make("small", "", `${entry.file.name} · ${size(entry.file.size)}`));
    }
    card.append(iconButton("close", "remove", () => {
      this.list = this.list.filter((one) => one !== entry);
      this.draw();
      this.focus();
    }));
    return card;
  }

  // Photos together as albums of at most ten, everything else one by one; the caption goes with the first.
  take(caption, reply) {
    const entries = this.list.map((entry) => (this.asFiles && entry.kind !== "voice" ? {...entry, kind: "file"} : entry));
    this.clear();
    return () => this.send(entries, caption, reply);
  }

  async send(entries, caption, reply) {
    const photos = entries.filter(({kind}) => kind === "photo");
    let words = caption;
    const act = async (body) => {
      const done = await this.phone.act({...body, caption: words, ...reply});
      words = "";
      return done;
    };
    for (let at = 0; at < photos.length; at += ALBUM) {
      const part = await Promise.all(photos.slice(at, at + ALBUM).map(({file}) => base64(file)));
      const body = part.length > 1 ? {do: "send_album", photos: part} : {do: "send_photo", data: part[0]};
      if (!(await act(body))) return false;
    }
    for (const {file, kind} of entries.filter((entry) => entry.kind !== "photo")) {
      const data = await base64(file);
      const duration = kind === "voice" ? await secondsOf(file) : undefined;
      const verb = kind === "voice" ? "send_voice" : kind === "video" ? "send_video" : "send_document";
      if (!(await act({do: verb, data, name: file.name, duration}))) return false;
    }
    return true;
  }
}

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

// How long a recording is, as far as the browser can tell; 1 when it cannot.
const secondsOf = (file) => new Promise((resolve) => {
  const player = new Audio();
  const url = URL.createObjectURL(file);
  const end = (seconds) => { URL.revokeObjectURL(url); resolve(Number.isFinite(seconds) ? Math.max(1, Math.round(seconds)) : 1); };
  player.onloadedmetadata = () => end(player.duration);
  player.onerror = () => end(1);
  player.src = url;
});

// Start recording; gives what stops it, or null without a microphone.
export async function recorder(done) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({audio: true});
  } catch {
    return null;
  }
  const machine = new MediaRecorder(stream);
  const parts = [];
  machine.ondataavailable = (event) => parts.push(event.data);
  machine.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    const type = machine.mimeType || "audio/webm";
    done(new File(parts, type.includes("ogg") ? "voice.ogg" : "voice.webm", {type}));
  };
  machine.start();
  return () => machine.stop();
}

// Files dragged over a phone land in its tray.
export function takeDrops(phone) {
  const {root, composer} = phone;
  root.dataset.drop = word("dropHere");
  root.ondragover = (event) => {
    if (!event.dataTransfer.types.includes("Files") || !composer.root.isConnected) return;
    event.preventDefault();
    root.classList.add("dropping");
  };
  root.ondragleave = (event) => { if (!root.contains(event.relatedTarget)) root.classList.remove("dropping"); };
  root.ondrop = (event) => {
    root.classList.remove("dropping");
    if (!event.dataTransfer.files.length || !composer.root.isConnected) return;
    event.preventDefault();
    composer.files.add([...event.dataTransfer.files]);
  };
}
