// Keeps the page and all that it is made of, so that it works without network; the faces when there is time.
// The build puts the files and their digest here.
const FILES = [/*FILES*/];
const FONTS = [/*FONTS*/];
const KEPT = "fanfold-/*DIGEST*/";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("fanfold-") && name !== KEPT) await caches.delete(name);
      await self.clients.claim();
      if (navigator.connection?.saveData) return;
      const kept = await caches.open(KEPT);
      for (const font of FONTS) if (!(await kept.match(font))) await kept.add(font);
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request, { ignoreSearch: true });
  if (known) return known;
  const response = await fetch(request);
  if (response.ok && new URL(request.url).pathname.includes("/fonts/")) await kept.put(request, response.clone());
  return response;
}
