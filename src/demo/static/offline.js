// The build puts the list of files and its hash here.
const [NAME, FILES] = __FILES__;
self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});
self.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))),
      ),
  ),
);
self.addEventListener('fetch', (event) =>
  event.respondWith(
    caches
      .match(event.request, { ignoreSearch: true })
      .then((known) => known ?? fetch(event.request)),
  ),
);
