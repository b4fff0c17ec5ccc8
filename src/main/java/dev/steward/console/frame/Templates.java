// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/// The templates, compiled with the program.
public final class Templates {
  private static final String PACKAGE = "dev.steward.console.pages";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

  /// What the template makes of its one parameter, `page` on pages and `row` on rows.
  public String render(String template, Object model) {
    StringOutput output = new StringOutput(16_384);
    engine.render(template + ".jte", model, new PageOutput(output));
    return output.toString().strip();
  }
}
