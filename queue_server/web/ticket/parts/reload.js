// For browsers that know no modules: the page is whole without a script and is simply loaded again.
setTimeout(function () { location.reload(); }, 20000);
