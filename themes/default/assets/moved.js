// Sends the reader on to the same place of the page, which the address alone knows.
location.replace(document.querySelector("link[rel=next]").href + location.hash);
