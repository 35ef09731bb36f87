/* global SETUP */
// The service worker. It keeps our own static files, whose names carry their hash, and one page that says that there is no
// connection. Pages with people's figures and texts are never kept.
(function () {
  "use strict";
  const KEEP = "smm-planner-" + SETUP.version;
  const HASHED = /\.[0-9a-f]{12}\.\w+$/;

  self.addEventListener("install", function (event) {
    self.skipWaiting();
    event.waitUntil(caches.open(KEEP).then(function (cache) {
      return cache.addAll([new Request(SETUP.offline, { cache: "reload" })].concat(SETUP.assets));
    }));
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return name !== KEEP; }).map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); }));
  });

  function offlinePage() {
    return caches.match(SETUP.offline).then(function (page) {
      if (!page) { return Response.error(); }
      return page.text().then(function (text) {
        // Not 200: a script that asked must not take it for an answer.
        return new Response(text, { status: 503, headers: page.headers });
      });
    });
  }

  function fromHere(request) {
    return caches.match(request).then(function (found) {
      return found || fetch(request).then(function (answer) {
        if (answer.ok) {
          const copy = answer.clone();
          caches.open(KEEP).then(function (cache) { cache.put(request, copy); });
        }
        return answer;
      });
    });
  }

  self.addEventListener("fetch", function (event) {
    const request = event.request;
    const path = new URL(request.url).origin === self.location.origin ? new URL(request.url).pathname : "";
    if (request.mode === "navigate") {
      event.respondWith(fetch(request).catch(offlinePage));
    } else if (request.method === "GET" && path.startsWith(SETUP.files) && HASHED.test(path)) {
      event.respondWith(fromHere(request));
    } else if (request.method === "GET" && SETUP.assets.includes(path)) {
      event.respondWith(fetch(request).catch(function () { return caches.match(request); }));
    }
  });
})();
