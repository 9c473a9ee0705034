"use strict";(self.rspackChunktouchrules_studio=self.rspackChunktouchrules_studio||[]).push([[232],{25(e,o,t){var r=t(26),n=t.n(r),a=t(27),u=(t.n(a))()(n());u.push([e.id,`.jp-touchrules-Studio {
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
`,""]),t.d(o,{},{A:u})},27(e){e.exports=function(e){var o=[];return o.toString=function(){return this.map(function(o){var t="",r=void 0!==o[5];return o[4]&&(t+="@supports (".concat(o[4],") {")),o[2]&&(t+="@media ".concat(o[2]," {")),r&&(t+="@layer".concat(o[5].length>0?" ".concat(o[5]):""," {")),t+=e(o),r&&(t+="}"),o[2]&&(t+="}"),o[4]&&(t+="}"),t}).join("")},o.i=function(e,t,r,n,a){"string"==typeof e&&(e=[[null,e,void 0]]);var u={};if(r)for(var i=0;i<this.length;i++){var s=this[i][0];null!=s&&(u[s]=!0)}for(var c=0;c<e.length;c++){var l=[].concat(e[c]);r&&u[l[0]]||(void 0!==a&&(void 0===l[5]||(l[1]="@layer".concat(l[5].length>0?" ".concat(l[5]):""," {").concat(l[1],"}")),l[5]=a),t&&(l[2]&&(l[1]="@media ".concat(l[2]," {").concat(l[1],"}")),l[2]=t),n&&(l[4]?(l[1]="@supports (".concat(l[4],") {").concat(l[1],"}"),l[4]=n):l[4]="".concat(n)),o.push(l))}},o}},26(e){e.exports=function(e){return e[1]}},19(e){var o=[];function t(e){for(var t=-1,r=0;r<o.length;r++)if(o[r].identifier===e){t=r;break}return t}function r(e,r){for(var n={},a=[],u=0;u<e.length;u++){var i=e[u],s=r.base?i[0]+r.base:i[0],c=n[s]||0,l="".concat(s," ").concat(c);n[s]=c+1;var p=t(l),d={css:i[1],media:i[2],sourceMap:i[3],supports:i[4],layer:i[5]};if(-1!==p)o[p].references++,o[p].updater(d);else{var f=function(e,o){var t=o.domAPI(o);return t.update(e),function(o){o?(o.css!==e.css||o.media!==e.media||o.sourceMap!==e.sourceMap||o.supports!==e.supports||o.layer!==e.layer)&&t.update(e=o):t.remove()}}(d,r);r.byIndex=u,o.splice(u,0,{identifier:l,updater:f,references:1})}a.push(l)}return a}e.exports=function(e,n){var a=r(e=e||[],n=n||{});return function(e){e=e||[];for(var u=0;u<a.length;u++){var i=t(a[u]);o[i].references--}for(var s=r(e,n),c=0;c<a.length;c++){var l=t(a[c]);0===o[l].references&&(o[l].updater(),o.splice(l,1))}a=s}}},21(e){var o={};e.exports=function(e,t){var r=function(e){if(void 0===o[e]){var t=document.querySelector(e);if(window.HTMLIFrameElement&&t instanceof window.HTMLIFrameElement)try{t=t.contentDocument.head}catch(e){t=null}o[e]=t}return o[e]}(e);if(!r)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");r.appendChild(t)}},23(e){e.exports=function(e){var o=document.createElement("style");return e.setAttributes(o,e.attributes),e.insert(o,e.options),o}},22(e,o,t){e.exports=function(e){var o=t.nc;o&&e.setAttribute("nonce",o)}},20(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var o=e.insertStyleElement(e);return{update:function(t){var r,n,a;r="",t.supports&&(r+="@supports (".concat(t.supports,") {")),t.media&&(r+="@media ".concat(t.media," {")),(n=void 0!==t.layer)&&(r+="@layer".concat(t.layer.length>0?" ".concat(t.layer):""," {")),r+=t.css,n&&(r+="}"),t.media&&(r+="}"),t.supports&&(r+="}"),(a=t.sourceMap)&&"u">typeof btoa&&(r+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),e.styleTagTransform(r,o,e.options)},remove:function(){var e;null===(e=o).parentNode||e.parentNode.removeChild(e)}}}},24(e){e.exports=function(e,o){if(o.styleSheet)o.styleSheet.cssText=e;else{for(;o.firstChild;)o.removeChild(o.firstChild);o.appendChild(document.createTextNode(e))}}},18(e,o,t){var r=t(19),n=t.n(r),a=t(20),u=t.n(a),i=t(21),s=t.n(i),c=t(22),l=t.n(c),p=t(23),d=t.n(p),f=t(24),v=t.n(f),h=t(25),m={};m.styleTagTransform=v(),m.setAttributes=l(),m.insert=s().bind(null,"head"),m.domAPI=u(),m.insertStyleElement=d(),n()(h.A,m),h.A&&h.A.locals&&h.A.locals}}]);