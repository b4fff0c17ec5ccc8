// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.frame.Frame;
import java.util.List;

/// A manifest to be filled in and applied under the reader's own name.
///
/// @param name of the sender that is registered, "" for any agent
/// @param manifest as it stands in the form
/// @param problems why it was not applied
/// @param warnings what is allowed but leaves a question open
/// @param changes what applying it would change, empty before a preview
/// @param checked whether it was looked at and nothing is wrong
public record RegisterPage(
    Frame frame,
    String name,
    String lede,
    String manifest,
    int lines,
    List<Flaw> problems,
    List<Flaw> warnings,
    List<String> changes,
    boolean checked) {

  /// Something wrong in the manifest.
  ///
  /// @param where line and field, "" for the whole
  /// @param text the line itself, "" where it is not known
  public record Flaw(String where, String message, String text) {}
}
