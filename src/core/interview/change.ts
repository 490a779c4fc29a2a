import type { Exchange, Item, State } from './state.ts';

/** The state with its last item changed; the same items when there is none. */
export function changeItem(state: State, change: (item: Item) => Item): State {
  const last = state.items.length - 1;
  return {
    ...state,
    items: state.items.map((item, index) => (index === last ? change(item) : item)),
  };
}

/** The state with the last exchange of its last item changed. */
export function changeLast(state: State, change: (exchange: Exchange) => Exchange): State {
  return changeItem(state, (item) => ({
    ...item,
    exchanges: item.exchanges.map((each, index) =>
      index === item.exchanges.length - 1 ? change(each) : each,
    ),
  }));
}
