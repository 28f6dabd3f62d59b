// For pages that show the timeline in an <iframe>: makes each frame as high as what is in it. Without this script it scrolls.
//   <iframe src="https://newsroom.example/en/timeline/embed/" title="Timeline" width="100%" height="480" frameborder="0"></iframe>
//   <script async src="https://newsroom.example/static/embed.js"></script>
(() => {
  const site = new URL(document.currentScript.src).origin;
  addEventListener("message", (event) => {
    const { from, message, value } = event.data || {};
    if (from !== "newsroom-timeline" || message !== "height" || !(value > 0)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === event.source && new URL(frame.src).origin === site) frame.height = Math.min(value, 5000);
    }
  });
})();
