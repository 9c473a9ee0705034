"use strict";(self.rspackChunktouchrules_studio=self.rspackChunktouchrules_studio||[]).push([[232],{25(t,e,o){var r=o(26),n=o.n(r),a=o(27),u=(o.n(a))()(n());u.push([t.id,`.jp-touchrules-Studio {
  height: 100%;
  overflow: auto;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
}

.jp-touchrules-Studio-status {
  padding: 8px 12px;
  border-bottom: var(--jp-border-width) solid var(--jp-border-color2);
  background: var(--jp-layout-color2);
  color: var(--jp-ui-font-color1);
  font-size: var(--jp-ui-font-size1);
}

.jp-touchrules-Studio .jp-OutputArea-output {
  padding: 0;
}

.jp-touchrules-Studio .jp-OutputPrompt,
.jp-touchrules-Studio .jp-OutputArea-promptOverlay {
  display: none;
}

.jp-touchrules-Rulebooks {
  overflow: auto;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font-size: var(--jp-ui-font-size1);
}

.jp-touchrules-Rulebooks-heading {
  margin: 0;
  padding: 8px 12px;
  font-size: var(--jp-ui-font-size1);
  font-weight: 600;
}

.jp-touchrules-Rulebooks-none {
  margin: 0;
  padding: 0 12px;
  color: var(--jp-ui-font-color2);
}

.jp-touchrules-Rulebooks-list {
  margin: 0;
  padding: 0;
  list-style: none;
}

.jp-touchrules-Rulebooks-item {
  display: flex;
  gap: 6px;
  align-items: center;
  width: 100%;
  padding: 4px 12px;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: pointer;
}

.jp-touchrules-Rulebooks-item:hover {
  background: var(--jp-layout-color2);
}

.jp-touchrules-Rulebooks-item:focus-visible {
  outline: 1px solid var(--jp-brand-color1);
  outline-offset: -1px;
}

.jp-touchrules-Rulebooks-folder {
  color: var(--jp-ui-font-color2);
}
`,""]),o.d(e,{},{A:u})},27(t){t.exports=function(t){var e=[];return e.toString=function(){return this.map(function(e){var o="",r=void 0!==e[5];return e[4]&&(o+="@supports (".concat(e[4],") {")),e[2]&&(o+="@media ".concat(e[2]," {")),r&&(o+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),o+=t(e),r&&(o+="}"),e[2]&&(o+="}"),e[4]&&(o+="}"),o}).join("")},e.i=function(t,o,r,n,a){"string"==typeof t&&(t=[[null,t,void 0]]);var u={};if(r)for(var i=0;i<this.length;i++){var s=this[i][0];null!=s&&(u[s]=!0)}for(var c=0;c<t.length;c++){var l=[].concat(t[c]);r&&u[l[0]]||(void 0!==a&&(void 0===l[5]||(l[1]="@layer".concat(l[5].length>0?" ".concat(l[5]):""," {").concat(l[1],"}")),l[5]=a),o&&(l[2]&&(l[1]="@media ".concat(l[2]," {").concat(l[1],"}")),l[2]=o),n&&(l[4]?(l[1]="@supports (".concat(l[4],") {").concat(l[1],"}"),l[4]=n):l[4]="".concat(n)),e.push(l))}},e}},26(t){t.exports=function(t){return t[1]}},19(t){var e=[];function o(t){for(var o=-1,r=0;r<e.length;r++)if(e[r].identifier===t){o=r;break}return o}function r(t,r){for(var n={},a=[],u=0;u<t.length;u++){var i=t[u],s=r.base?i[0]+r.base:i[0],c=n[s]||0,l="".concat(s," ").concat(c);n[s]=c+1;var p=o(l),d={css:i[1],media:i[2],sourceMap:i[3],supports:i[4],layer:i[5]};if(-1!==p)e[p].references++,e[p].updater(d);else{var f=function(t,e){var o=e.domAPI(e);return o.update(t),function(e){e?(e.css!==t.css||e.media!==t.media||e.sourceMap!==t.sourceMap||e.supports!==t.supports||e.layer!==t.layer)&&o.update(t=e):o.remove()}}(d,r);r.byIndex=u,e.splice(u,0,{identifier:l,updater:f,references:1})}a.push(l)}return a}t.exports=function(t,n){var a=r(t=t||[],n=n||{});return function(t){t=t||[];for(var u=0;u<a.length;u++){var i=o(a[u]);e[i].references--}for(var s=r(t,n),c=0;c<a.length;c++){var l=o(a[c]);0===e[l].references&&(e[l].updater(),e.splice(l,1))}a=s}}},21(t){var e={};t.exports=function(t,o){var r=function(t){if(void 0===e[t]){var o=document.querySelector(t);if(window.HTMLIFrameElement&&o instanceof window.HTMLIFrameElement)try{o=o.contentDocument.head}catch(t){o=null}e[t]=o}return e[t]}(t);if(!r)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");r.appendChild(o)}},23(t){t.exports=function(t){var e=document.createElement("style");return t.setAttributes(e,t.attributes),t.insert(e,t.options),e}},22(t,e,o){t.exports=function(t){var e=o.nc;e&&t.setAttribute("nonce",e)}},20(t){t.exports=function(t){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=t.insertStyleElement(t);return{update:function(o){var r,n,a;r="",o.supports&&(r+="@supports (".concat(o.supports,") {")),o.media&&(r+="@media ".concat(o.media," {")),(n=void 0!==o.layer)&&(r+="@layer".concat(o.layer.length>0?" ".concat(o.layer):""," {")),r+=o.css,n&&(r+="}"),o.media&&(r+="}"),o.supports&&(r+="}"),(a=o.sourceMap)&&"u">typeof btoa&&(r+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),t.styleTagTransform(r,e,t.options)},remove:function(){var t;null===(t=e).parentNode||t.parentNode.removeChild(t)}}}},24(t){t.exports=function(t,e){if(e.styleSheet)e.styleSheet.cssText=t;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(t))}}},18(t,e,o){var r=o(19),n=o.n(r),a=o(20),u=o.n(a),i=o(21),s=o.n(i),c=o(22),l=o.n(c),p=o(23),d=o.n(p),f=o(24),v=o.n(f),h=o(25),m={};m.styleTagTransform=v(),m.setAttributes=l(),m.insert=s().bind(null,"head"),m.domAPI=u(),m.insertStyleElement=d(),n()(h.A,m),h.A&&h.A.locals&&h.A.locals}}]);