// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.format.Visible;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/// Where templates write to: escapes what is not theirs, as jte does, and shows its invisible
/// commands, so that no text reorders the page around it. What is copied stays as it was.
final class PageOutput extends OwaspHtmlTemplateOutput {
  private static final String COPIED = "data-copy";

  private boolean copied;

  PageOutput(TemplateOutput output) {
    super(output);
  }

  @Override
  public void setContext(@Nullable String tagName, @Nullable String attributeName) {
    copied = COPIED.equals(attributeName);
    super.setContext(tagName, attributeName);
  }

  @Override
  public void writeUserContent(@Nullable String text) {
    super.writeUserContent(text == null || copied ? text : Visible.of(text));
  }
}
