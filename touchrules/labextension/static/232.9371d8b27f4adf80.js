"use strict";(self.rspackChunktouchrules_studio=self.rspackChunktouchrules_studio||[]).push([[232],{25(t,e,r){var o=r(26),n=r.n(o),a=r(27),u=(r.n(a))()(n());u.push([t.id,`.jp-touchrules-Studio {
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
`,""]),r.d(e,{},{A:u})},27(t){t.exports=function(t){var e=[];return e.toString=function(){return this.map(function(e){var r="",o=void 0!==e[5];return e[4]&&(r+="@supports (".concat(e[4],") {")),e[2]&&(r+="@media ".concat(e[2]," {")),o&&(r+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),r+=t(e),o&&(r+="}"),e[2]&&(r+="}"),e[4]&&(r+="}"),r}).join("")},e.i=function(t,r,o,n,a){"string"==typeof t&&(t=[[null,t,void 0]]);var u={};if(o)for(var c=0;c<this.length;c++){var s=this[c][0];null!=s&&(u[s]=!0)}for(var i=0;i<t.length;i++){var p=[].concat(t[i]);o&&u[p[0]]||(void 0!==a&&(void 0===p[5]||(p[1]="@layer".concat(p[5].length>0?" ".concat(p[5]):""," {").concat(p[1],"}")),p[5]=a),r&&(p[2]&&(p[1]="@media ".concat(p[2]," {").concat(p[1],"}")),p[2]=r),n&&(p[4]?(p[1]="@supports (".concat(p[4],") {").concat(p[1],"}"),p[4]=n):p[4]="".concat(n)),e.push(p))}},e}},26(t){t.exports=function(t){return t[1]}},19(t){var e=[];function r(t){for(var r=-1,o=0;o<e.length;o++)if(e[o].identifier===t){r=o;break}return r}function o(t,o){for(var n={},a=[],u=0;u<t.length;u++){var c=t[u],s=o.base?c[0]+o.base:c[0],i=n[s]||0,p="".concat(s," ").concat(i);n[s]=i+1;var l=r(p),d={css:c[1],media:c[2],sourceMap:c[3],supports:c[4],layer:c[5]};if(-1!==l)e[l].references++,e[l].updater(d);else{var f=function(t,e){var r=e.domAPI(e);return r.update(t),function(e){e?(e.css!==t.css||e.media!==t.media||e.sourceMap!==t.sourceMap||e.supports!==t.supports||e.layer!==t.layer)&&r.update(t=e):r.remove()}}(d,o);o.byIndex=u,e.splice(u,0,{identifier:p,updater:f,references:1})}a.push(p)}return a}t.exports=function(t,n){var a=o(t=t||[],n=n||{});return function(t){t=t||[];for(var u=0;u<a.length;u++){var c=r(a[u]);e[c].references--}for(var s=o(t,n),i=0;i<a.length;i++){var p=r(a[i]);0===e[p].references&&(e[p].updater(),e.splice(p,1))}a=s}}},21(t){var e={};t.exports=function(t,r){var o=function(t){if(void 0===e[t]){var r=document.querySelector(t);if(window.HTMLIFrameElement&&r instanceof window.HTMLIFrameElement)try{r=r.contentDocument.head}catch(t){r=null}e[t]=r}return e[t]}(t);if(!o)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");o.appendChild(r)}},23(t){t.exports=function(t){var e=document.createElement("style");return t.setAttributes(e,t.attributes),t.insert(e,t.options),e}},22(t,e,r){t.exports=function(t){var e=r.nc;e&&t.setAttribute("nonce",e)}},20(t){t.exports=function(t){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=t.insertStyleElement(t);return{update:function(r){var o,n,a;o="",r.supports&&(o+="@supports (".concat(r.supports,") {")),r.media&&(o+="@media ".concat(r.media," {")),(n=void 0!==r.layer)&&(o+="@layer".concat(r.layer.length>0?" ".concat(r.layer):""," {")),o+=r.css,n&&(o+="}"),r.media&&(o+="}"),r.supports&&(o+="}"),(a=r.sourceMap)&&"u">typeof btoa&&(o+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),t.styleTagTransform(o,e,t.options)},remove:function(){var t;null===(t=e).parentNode||t.parentNode.removeChild(t)}}}},24(t){t.exports=function(t,e){if(e.styleSheet)e.styleSheet.cssText=t;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(t))}}},18(t,e,r){var o=r(19),n=r.n(o),a=r(20),u=r.n(a),c=r(21),s=r.n(c),i=r(22),p=r.n(i),l=r(23),d=r.n(l),f=r(24),v=r.n(f),h=r(25),m={};m.styleTagTransform=v(),m.setAttributes=p(),m.insert=s().bind(null,"head"),m.domAPI=u(),m.insertStyleElement=d(),n()(h.A,m),h.A&&h.A.locals&&h.A.locals}}]);