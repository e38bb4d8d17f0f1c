const running = new WeakMap();

/** Tells the component whether the place is above the window. */
export function start(place, component) {
  let wasPast = false;
  const observer = new IntersectionObserver(([entry]) => {
    const isPast = !entry.isIntersecting && entry.boundingClientRect.top < 0;
    if (isPast !== wasPast) {
      wasPast = isPast;
      // A page that was left, or whose connection is lost, hears nothing any more.
      component.invokeMethodAsync("PassAsync", isPast).catch(() => {});
    }
  });
  observer.observe(place);
  running.set(place, observer);
}

export function stop(place) {
  running.get(place)?.disconnect();
}
