// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.artefact;

import dev.steward.console.artefact.ArtefactPart.Field;
import dev.steward.console.artefact.ArtefactPart.Text;
import dev.steward.console.diff.TextDiff;
import dev.steward.console.format.JsonText;
import dev.steward.console.profile.Artefacts;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.VersionDiff;
import java.util.ArrayList;
import java.util.List;

/// The seven artefacts of two versions, side by side.
///
/// @param before one version, as it is shown
/// @param after the other
/// @param lede how many differ, in a sentence
/// @param parts those that differ
/// @param same the others in a sentence, "" for none
public record ArtefactDiff(
    String before, String after, String lede, List<ArtefactPart> parts, String same) {
  private static final int VALUE_MAX = 60;

  public ArtefactDiff {
    parts = List.copyOf(parts);
  }

  public static ArtefactDiff of(List<VersionDiff.Part> all, String before, String after) {
    List<ArtefactPart> differ = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (VersionDiff.Part part : all) {
      if (part.same()) {
        same.add(part.artefact().word());
      } else {
        differ.add(part(part, before, after));
      }
    }
    return new ArtefactDiff(
        before,
        after,
        differ.isEmpty()
            ? "The two hold the same."
            : "%d of 7 artefacts %s."
                .formatted(differ.size(), differ.size() == 1 ? "differs" : "differ"),
        differ,
        same.isEmpty() ? "" : "The same in both: " + String.join(", ", same) + ".");
  }

  private static ArtefactPart part(VersionDiff.Part part, String before, String after) {
    List<Text> texts = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (FieldDiff field : part.fields()) {
      String path = path(part, field.path());
      if (Math.max(field.before().length(), field.after().length()) > VALUE_MAX
          || field.before().contains("\n")
          || field.after().contains("\n")) {
        texts.add(
            new Text(
                path,
                TextDiff.of(
                    field.added() ? "not in " + before : before,
                    JsonText.laidOut(field.before()),
                    field.removed() ? "not in " + after : after,
                    JsonText.laidOut(field.after()))));
      } else {
        String change = field.added() ? "added" : field.removed() ? "removed" : "changed";
        fields.add(new Field(path, change, field.before(), field.after()));
      }
    }
    return new ArtefactPart(part.artefact().word(), Artefacts.change(part.fields()), texts, fields);
  }

  /// The path as people say it: `payments/refund inputSchema` for
  /// `tools[payments/refund].inputSchema`.
  private static String path(VersionDiff.Part part, String path) {
    String word = part.artefact().word();
    String rest = path.startsWith(word) ? path.substring(word.length()) : path;
    String plain =
        rest.replaceAll("^[.\\[]", "").replace("].", " ").replace("]", "").replace("[", " ");
    return plain.isEmpty() ? word : plain;
  }
}
