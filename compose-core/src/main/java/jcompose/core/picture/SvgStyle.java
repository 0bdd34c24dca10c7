package jcompose.core.picture;

/// Colours and fonts of a drawing. Light ones first: a reader that knows no media query keeps them.
final class SvgStyle {
  private SvgStyle() {}

  static final String CSS =
      """
      text { font-family: system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; fill: #1f2328; }
      .project { font-size: 20px; font-weight: 600; }
      .name { font-size: 13.5px; font-weight: 600; }
      .dim { font-size: 11px; fill: #59636e; }
      .wave { font-size: 11px; font-weight: 600; fill: #59636e; }
      .small { font-size: 10.5px; }
      .tiny { font-size: 10px; }
      .ground { fill: #ffffff; }
      .band { fill: #f6f8fa; }
      .box { fill: #ffffff; stroke: #d1d9e0; stroke-width: 1.2; }
      .pill { fill: #f6f8fa; stroke: #d1d9e0; }
      .drum { fill: none; stroke: #59636e; stroke-width: 1.1; }
      .line { fill: none; stroke: #818b98; stroke-width: 1.4; }
      .optional { stroke-dasharray: 5 4; }
      .tip { fill: #818b98; }
      .label { fill: #ffffff; stroke: #d1d9e0; }
      .label.until-healthy { fill: #dafbe1; stroke: #4ac26b; }
      .label.until-done { fill: #ddf4ff; stroke: #54aeff; }
      .state { fill: #eaeef2; }
      .box.healthy, .box.running { stroke: #1a7f37; }
      .box.waiting { stroke: #bf8700; }
      .box.done { stroke: #0969da; }
      .box.failed { stroke: #cf222e; stroke-width: 2; }
      .box.missing { stroke: #818b98; stroke-dasharray: 4 3; }
      .state.healthy { fill: #1a7f37; }
      .state.running { fill: #dafbe1; }
      .state.waiting { fill: #fff3c4; }
      .state.done { fill: #ddf4ff; }
      .state.failed { fill: #cf222e; }
      .state-text.healthy, .state-text.failed { fill: #ffffff; }
      .net { fill: #818b98; }
      .n0 { fill: #0969da; } .n1 { fill: #bc4c00; } .n2 { fill: #1a7f37; } .n3 { fill: #8250df; }
      .n4 { fill: #bf3989; } .n5 { fill: #9a6700; } .n6 { fill: #1b7c83; } .n7 { fill: #cf222e; }
      @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .dim, .wave { fill: #9198a1; }
      .ground { fill: #0d1117; }
      .band { fill: #151b23; }
      .box { fill: #212830; stroke: #3d444d; }
      .pill { fill: #151b23; stroke: #3d444d; }
      .drum { stroke: #9198a1; }
      .label { fill: #212830; stroke: #3d444d; }
      .label.until-healthy { fill: #12261e; stroke: #238636; }
      .label.until-done { fill: #10233d; stroke: #1f6feb; }
      .state { fill: #3d444d; }
      .box.healthy, .box.running { stroke: #3fb950; }
      .box.waiting { stroke: #d29922; }
      .box.done { stroke: #4493f8; }
      .box.failed { stroke: #f85149; }
      .state.healthy { fill: #238636; }
      .state.running { fill: #12261e; }
      .state.waiting { fill: #3b2e08; }
      .state.done { fill: #10233d; }
      .state.failed { fill: #da3633; }
      .n0 { fill: #4493f8; } .n1 { fill: #f0883e; } .n2 { fill: #3fb950; } .n3 { fill: #ab7df8; }
      .n4 { fill: #db61a2; } .n5 { fill: #d29922; } .n6 { fill: #39c5cf; } .n7 { fill: #f85149; }
      }
      """;
}
