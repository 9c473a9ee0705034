"use strict";(self.rspackChunktouchrules_studio=self.rspackChunktouchrules_studio||[]).push([[232],{28(o,e,t){var r=t(29),n=t.n(r),a=t(30),i=(t.n(a))()(n());i.push([o.id,`.jp-touchrules-Studio {
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

.jp-touchrules-Rulebooks-item > span {
  display: flex;
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

.jp-touchrules-Hover {
  padding: 4px 8px;
}

.jp-touchrules-Hover-title {
  font-weight: 600;
}

.jp-touchrules-Hover-line,
.jp-touchrules-Problem-remedy {
  overflow-wrap: anywhere;
}

.jp-touchrules-Completion-about {
  display: inline-block;
  max-width: 360px;
  margin-left: 12px;
  overflow: hidden;
  color: var(--jp-ui-font-color2);
  font-family: var(--jp-ui-font-family);
  text-overflow: ellipsis;
  vertical-align: bottom;
  white-space: nowrap;
}

.jp-Completer-item.jp-mod-active .jp-touchrules-Completion-about {
  color: inherit;
}
`,""]),t.d(e,{},{A:i})},30(o){o.exports=function(o){var e=[];return e.toString=function(){return this.map(function(e){var t="",r=void 0!==e[5];return e[4]&&(t+="@supports (".concat(e[4],") {")),e[2]&&(t+="@media ".concat(e[2]," {")),r&&(t+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),t+=o(e),r&&(t+="}"),e[2]&&(t+="}"),e[4]&&(t+="}"),t}).join("")},e.i=function(o,t,r,n,a){"string"==typeof o&&(o=[[null,o,void 0]]);var i={};if(r)for(var u=0;u<this.length;u++){var l=this[u][0];null!=l&&(i[l]=!0)}for(var s=0;s<o.length;s++){var c=[].concat(o[s]);r&&i[c[0]]||(void 0!==a&&(void 0===c[5]||(c[1]="@layer".concat(c[5].length>0?" ".concat(c[5]):""," {").concat(c[1],"}")),c[5]=a),t&&(c[2]&&(c[1]="@media ".concat(c[2]," {").concat(c[1],"}")),c[2]=t),n&&(c[4]?(c[1]="@supports (".concat(c[4],") {").concat(c[1],"}"),c[4]=n):c[4]="".concat(n)),e.push(c))}},e}},29(o){o.exports=function(o){return o[1]}},22(o){var e=[];function t(o){for(var t=-1,r=0;r<e.length;r++)if(e[r].identifier===o){t=r;break}return t}function r(o,r){for(var n={},a=[],i=0;i<o.length;i++){var u=o[i],l=r.base?u[0]+r.base:u[0],s=n[l]||0,c="".concat(l," ").concat(s);n[l]=s+1;var p=t(c),d={css:u[1],media:u[2],sourceMap:u[3],supports:u[4],layer:u[5]};if(-1!==p)e[p].references++,e[p].updater(d);else{var f=function(o,e){var t=e.domAPI(e);return t.update(o),function(e){e?(e.css!==o.css||e.media!==o.media||e.sourceMap!==o.sourceMap||e.supports!==o.supports||e.layer!==o.layer)&&t.update(o=e):t.remove()}}(d,r);r.byIndex=i,e.splice(i,0,{identifier:c,updater:f,references:1})}a.push(c)}return a}o.exports=function(o,n){var a=r(o=o||[],n=n||{});return function(o){o=o||[];for(var i=0;i<a.length;i++){var u=t(a[i]);e[u].references--}for(var l=r(o,n),s=0;s<a.length;s++){var c=t(a[s]);0===e[c].references&&(e[c].updater(),e.splice(c,1))}a=l}}},24(o){var e={};o.exports=function(o,t){var r=function(o){if(void 0===e[o]){var t=document.querySelector(o);if(window.HTMLIFrameElement&&t instanceof window.HTMLIFrameElement)try{t=t.contentDocument.head}catch(o){t=null}e[o]=t}return e[o]}(o);if(!r)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");r.appendChild(t)}},26(o){o.exports=function(o){var e=document.createElement("style");return o.setAttributes(e,o.attributes),o.insert(e,o.options),e}},25(o,e,t){o.exports=function(o){var e=t.nc;e&&o.setAttribute("nonce",e)}},23(o){o.exports=function(o){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=o.insertStyleElement(o);return{update:function(t){var r,n,a;r="",t.supports&&(r+="@supports (".concat(t.supports,") {")),t.media&&(r+="@media ".concat(t.media," {")),(n=void 0!==t.layer)&&(r+="@layer".concat(t.layer.length>0?" ".concat(t.layer):""," {")),r+=t.css,n&&(r+="}"),t.media&&(r+="}"),t.supports&&(r+="}"),(a=t.sourceMap)&&"u">typeof btoa&&(r+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),o.styleTagTransform(r,e,o.options)},remove:function(){var o;null===(o=e).parentNode||o.parentNode.removeChild(o)}}}},27(o){o.exports=function(o,e){if(e.styleSheet)e.styleSheet.cssText=o;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(o))}}},21(o,e,t){var r=t(22),n=t.n(r),a=t(23),i=t.n(a),u=t(24),l=t.n(u),s=t(25),c=t.n(s),p=t(26),d=t.n(p),f=t(27),v=t.n(f),h=t(28),m={};m.styleTagTransform=v(),m.setAttributes=c(),m.insert=l().bind(null,"head"),m.domAPI=i(),m.insertStyleElement=d(),n()(h.A,m),h.A&&h.A.locals&&h.A.locals}}]);