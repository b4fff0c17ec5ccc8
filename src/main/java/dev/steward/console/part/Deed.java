// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

import java.util.Map;

/// Something that can be done to one thing and asks before it is: a button that opens what will
/// happen, and the form that does it. Shown by `tag/deed.jte`; works without a script.
///
/// @param button what the button says, where the object stands beside it; else the same as `words`
/// @param id unique on the page
/// @param action address that it is posted to
/// @param fields sent along
/// @param words what the button says, with object and count: "Kill 3 running runs of refunds"
/// @param consequence what will happen, in a sentence or two
/// @param reason label of the field `reason`, "" where none is asked for
/// @param danger whether it takes something away
public record Deed(
    String id,
    String action,
    String csrf,
    Map<String, String> fields,
    String words,
    String button,
    String consequence,
    String reason,
    boolean danger) {
  public Deed {
    fields = Map.copyOf(fields);
  }

  public Deed(
      String id,
      String action,
      String csrf,
      Map<String, String> fields,
      String words,
      String consequence,
      String reason,
      boolean danger) {
    this(id, action, csrf, fields, words, words, consequence, reason, danger);
  }

  /// The same with a shorter button, for a row that names the object.
  public Deed shown(String shorter) {
    return new Deed(id, action, csrf, fields, words, shorter, consequence, reason, danger);
  }
}
