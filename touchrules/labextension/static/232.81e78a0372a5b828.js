"use strict";(self.rspackChunktouchrules_studio=self.rspackChunktouchrules_studio||[]).push([[232],{31(r,e,o){var t=o(32),u=o.n(t),l=o(33),n=(o.n(l))()(u());n.push([r.id,`.jp-touchrules-Studio {
  container-type: size;
  height: 100%;
  overflow: auto;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
}

.jp-touchrules-Studio:focus {
  outline: none;
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
  display: flex;
  flex-direction: column;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font-size: var(--jp-ui-font-size1);
}

.jp-touchrules-Rulebooks-head {
  display: flex;
  flex: none;
  gap: 4px;
  padding: 8px;
}

.jp-touchrules-Rulebooks-filter {
  flex: 1 1 auto;
  box-sizing: border-box;
  min-width: 0;
  height: 28px;
  padding: 0 8px;
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: var(--jp-border-radius);
  background: var(--jp-layout-color0);
  color: var(--jp-ui-font-color0);
  font: inherit;
}

.jp-touchrules-Rulebooks-filter::placeholder {
  color: var(--jp-ui-font-color2);
  opacity: 1;
}

.jp-touchrules-Rulebooks-refresh,
.jp-touchrules-Rulebooks-start,
.jp-touchrules-Progress-stop {
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: var(--jp-border-radius);
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font: inherit;
  cursor: pointer;
}

.jp-touchrules-Rulebooks-refresh {
  display: flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 28px;
  height: 28px;
  padding: 0;
}

.jp-touchrules-Rulebooks-start {
  padding: 4px 12px;
}

.jp-touchrules-Rulebooks-refresh:hover,
.jp-touchrules-Rulebooks-start:hover,
.jp-touchrules-Progress-stop:hover {
  background: var(--jp-layout-color2);
}

.jp-touchrules-Rulebooks-filter:focus-visible,
.jp-touchrules-Rulebooks-refresh:focus-visible,
.jp-touchrules-Rulebooks-start:focus-visible,
.jp-touchrules-Progress-stop:focus-visible,
.jp-touchrules-Tree-row:focus-visible {
  outline: 2px solid var(--jp-brand-color1);
  outline-offset: -2px;
}

.jp-touchrules-Rulebooks-none {
  padding: 0 12px;
  color: var(--jp-ui-font-color2);
}

.jp-touchrules-Tree {
  flex: 1 1 auto;
  overflow: auto;
}

.jp-touchrules-Tree-row {
  display: flex;
  gap: 6px;
  align-items: center;
  min-height: 24px;
  padding: 1px 10px 1px 6px;
  cursor: pointer;
}

.jp-touchrules-Tree-row:hover {
  background: var(--jp-layout-color2);
}

.jp-touchrules-Tree-row:hover > span {
  color: var(--jp-ui-font-color1);
}

.jp-touchrules-Tree-rule,
.jp-touchrules-Tree-problem {
  padding-left: 26px;
}

.jp-touchrules-Tree-fold {
  flex: none;
  width: 14px;
  text-align: center;
}

.jp-touchrules-Tree-row[aria-expanded='true'] > .jp-touchrules-Tree-fold::before {
  content: '▾';
}

.jp-touchrules-Tree-row[aria-expanded='false'] > .jp-touchrules-Tree-fold::before {
  content: '▸';
}

.jp-touchrules-Tree-label,
.jp-touchrules-Tree-folder {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.jp-touchrules-Tree-rulebook > .jp-touchrules-Tree-label {
  font-weight: 600;
}

.jp-touchrules-Tree-folder {
  flex: 0 10 auto;
  color: var(--jp-ui-font-color2);
}

.jp-touchrules-Tree-fill {
  flex: 1 1 0;
}

.jp-touchrules-Tree-found {
  flex: none;
  color: var(--jp-ui-font-color2);
  font-variant-numeric: tabular-nums;
}

.jp-touchrules-Tree-problems {
  flex: none;
  min-width: 10px;
  padding: 0 5px;
  border: var(--jp-border-width) solid var(--jp-error-color1);
  border-radius: 8px;
  font-size: var(--jp-ui-font-size0);
  text-align: center;
}

.jp-touchrules-Tree-line {
  flex: none;
  padding-left: 6px;
  border-left: 3px solid var(--jp-error-color1);
  color: var(--jp-ui-font-color2);
  font-variant-numeric: tabular-nums;
}

.jp-touchrules-Tree-severity {
  flex: none;
  box-sizing: border-box;
  width: 10px;
  height: 10px;
  border: 2px solid var(--jp-ui-font-color2);
  border-radius: 50%;
}

.jp-touchrules-Tree-severity[data-severity='critical'] {
  border-color: var(--jp-error-color1);
  border-radius: 2px;
  background: var(--jp-error-color1);
}

.jp-touchrules-Tree-severity[data-severity='high'] {
  border-color: var(--jp-error-color1);
  background: var(--jp-error-color1);
}

.jp-touchrules-Tree-severity[data-severity='medium'] {
  border-color: var(--jp-warn-color1);
  background: var(--jp-warn-color1);
}

.jp-touchrules-Tree-severity[data-severity='low'] {
  border-color: var(--jp-info-color1);
}

.jp-touchrules-Tree-label.jp-mod-off {
  color: var(--jp-ui-font-color2);
  text-decoration: line-through;
}

.jp-touchrules-Tree-label.jp-mod-silent {
  color: var(--jp-ui-font-color2);
  font-style: italic;
}

.jp-touchrules-Progress {
  display: flex;
  gap: 8px;
  align-items: center;
  white-space: nowrap;
}

.jp-touchrules-Progress.lm-mod-hidden {
  display: none;
}

.jp-touchrules-Progress-text {
  font-variant-numeric: tabular-nums;
}

.jp-touchrules-Progress-bar {
  width: 80px;
  height: 8px;
  accent-color: var(--jp-brand-color1);
}

.jp-touchrules-Progress-stop {
  padding: 0 8px;
  line-height: 18px;
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
`,""]),o.d(e,{},{A:n})},33(r){r.exports=function(r){var e=[];return e.toString=function(){return this.map(function(e){var o="",t=void 0!==e[5];return e[4]&&(o+="@supports (".concat(e[4],") {")),e[2]&&(o+="@media ".concat(e[2]," {")),t&&(o+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),o+=r(e),t&&(o+="}"),e[2]&&(o+="}"),e[4]&&(o+="}"),o}).join("")},e.i=function(r,o,t,u,l){"string"==typeof r&&(r=[[null,r,void 0]]);var n={};if(t)for(var a=0;a<this.length;a++){var s=this[a][0];null!=s&&(n[s]=!0)}for(var i=0;i<r.length;i++){var p=[].concat(r[i]);t&&n[p[0]]||(void 0!==l&&(void 0===p[5]||(p[1]="@layer".concat(p[5].length>0?" ".concat(p[5]):""," {").concat(p[1],"}")),p[5]=l),o&&(p[2]&&(p[1]="@media ".concat(p[2]," {").concat(p[1],"}")),p[2]=o),u&&(p[4]?(p[1]="@supports (".concat(p[4],") {").concat(p[1],"}"),p[4]=u):p[4]="".concat(u)),e.push(p))}},e}},32(r){r.exports=function(r){return r[1]}},25(r){var e=[];function o(r){for(var o=-1,t=0;t<e.length;t++)if(e[t].identifier===r){o=t;break}return o}function t(r,t){for(var u={},l=[],n=0;n<r.length;n++){var a=r[n],s=t.base?a[0]+t.base:a[0],i=u[s]||0,p="".concat(s," ").concat(i);u[s]=i+1;var c=o(p),d={css:a[1],media:a[2],sourceMap:a[3],supports:a[4],layer:a[5]};if(-1!==c)e[c].references++,e[c].updater(d);else{var h=function(r,e){var o=e.domAPI(e);return o.update(r),function(e){e?(e.css!==r.css||e.media!==r.media||e.sourceMap!==r.sourceMap||e.supports!==r.supports||e.layer!==r.layer)&&o.update(r=e):o.remove()}}(d,t);t.byIndex=n,e.splice(n,0,{identifier:p,updater:h,references:1})}l.push(p)}return l}r.exports=function(r,u){var l=t(r=r||[],u=u||{});return function(r){r=r||[];for(var n=0;n<l.length;n++){var a=o(l[n]);e[a].references--}for(var s=t(r,u),i=0;i<l.length;i++){var p=o(l[i]);0===e[p].references&&(e[p].updater(),e.splice(p,1))}l=s}}},27(r){var e={};r.exports=function(r,o){var t=function(r){if(void 0===e[r]){var o=document.querySelector(r);if(window.HTMLIFrameElement&&o instanceof window.HTMLIFrameElement)try{o=o.contentDocument.head}catch(r){o=null}e[r]=o}return e[r]}(r);if(!t)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");t.appendChild(o)}},29(r){r.exports=function(r){var e=document.createElement("style");return r.setAttributes(e,r.attributes),r.insert(e,r.options),e}},28(r,e,o){r.exports=function(r){var e=o.nc;e&&r.setAttribute("nonce",e)}},26(r){r.exports=function(r){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=r.insertStyleElement(r);return{update:function(o){var t,u,l;t="",o.supports&&(t+="@supports (".concat(o.supports,") {")),o.media&&(t+="@media ".concat(o.media," {")),(u=void 0!==o.layer)&&(t+="@layer".concat(o.layer.length>0?" ".concat(o.layer):""," {")),t+=o.css,u&&(t+="}"),o.media&&(t+="}"),o.supports&&(t+="}"),(l=o.sourceMap)&&"u">typeof btoa&&(t+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(l))))," */")),r.styleTagTransform(t,e,r.options)},remove:function(){var r;null===(r=e).parentNode||r.parentNode.removeChild(r)}}}},30(r){r.exports=function(r,e){if(e.styleSheet)e.styleSheet.cssText=r;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(r))}}},24(r,e,o){var t=o(25),u=o.n(t),l=o(26),n=o.n(l),a=o(27),s=o.n(a),i=o(28),p=o.n(i),c=o(29),d=o.n(c),h=o(30),f=o.n(h),v=o(31),j={};j.styleTagTransform=f(),j.setAttributes=p(),j.insert=s().bind(null,"head"),j.domAPI=n(),j.insertStyleElement=d(),u()(v.A,j),v.A&&v.A.locals&&v.A.locals}}]);