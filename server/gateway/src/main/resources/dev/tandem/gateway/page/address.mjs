/** Where a path of this server is, below this page; without the user and password that may stand in the page's own address. */
export const addressOf = (path) => new URL(path, location.origin + location.pathname).href;
