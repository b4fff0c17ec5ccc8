// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.web.PageResponse;

/// What every section makes its pages with.
public record Pages(Framer framer, Templates templates, Failures failures) {

  public PageResponse html(String template, Object model) {
    return new PageResponse.Html(200, templates.render(template, model));
  }
}
