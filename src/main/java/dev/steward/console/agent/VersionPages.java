// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.agent.VersionPage.Field;
import dev.steward.console.agent.VersionPage.Part;
import dev.steward.console.agent.VersionPage.Side;
import dev.steward.console.agent.VersionPage.Text;
import dev.steward.console.diff.TextDiff;
import dev.steward.console.format.JsonText;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.profile.Artefacts;
import dev.steward.console.web.PageRequest;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.VersionDiff;
import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the page of what differs between two versions.
final class VersionPages {
  private static final int VALUE_MAX = 60;

  private final Framer framer;

  VersionPages(Framer framer) {
    this.framer = framer;
  }

  /// @param range two versions, each by the beginning of its digest, with `..` between
  Optional<VersionPage> page(PageRequest request, AgentFacts facts, String range) {
    String[] ends = range.split("\\.\\.", 2);
    Moments moments = framer.moments(request);
    Versions versions = Versions.of(facts, moments);
    Optional<VersionRow> before = row(versions, ends[0]);
    Optional<VersionRow> after = row(versions, ends[1]);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    return side(facts, before.get())
        .flatMap(old ->
            side(facts, after.get())
                .map(now ->
                    page(request, facts, before.get(), after.get(), VersionDiff.of(old, now))));
  }

  private static Optional<VersionRow> row(Versions versions, String start) {
    return start.isEmpty()
        ? Optional.empty()
        : versions.rows().stream().filter(row -> row.digest().startsWith(start)).findFirst();
  }

  /// Tools are compared as they were declared with each version; those of the version that is in
  /// use as they are now.
  private static Optional<VersionDiff.Side> side(AgentFacts facts, VersionRow row) {
    Optional<AgentVersion> version = facts.state().version(facts.name(), row.digest());
    long moment = row.current() ? facts.state().sequence() : row.sequence();
    return version.map(found -> new VersionDiff.Side(found, facts.state(), moment));
  }

  private VersionPage page(
      PageRequest request,
      AgentFacts facts,
      VersionRow before,
      VersionRow after,
      List<VersionDiff.Part> parts) {
    List<Part> differ = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (VersionDiff.Part part : parts) {
      if (part.same()) {
        same.add(part.artefact().word());
      } else {
        differ.add(part(part, before.shown(), after.shown()));
      }
    }
    String title = before.shown() + " to " + after.shown();
    return new VersionPage(
        framer.single(
            request,
            title,
            "fleet",
            List.of(
                new Crumb("Fleet", "/fleet"),
                new Crumb(facts.name(), AgentSection.href(facts.name()))),
            ""),
        facts.name(),
        side(before),
        side(after),
        differ.isEmpty()
            ? "The two hold the same."
            : "%d of 7 artefacts %s."
                .formatted(differ.size(), differ.size() == 1 ? "differs" : "differ"),
        differ,
        same.isEmpty() ? "" : "The same in both: " + String.join(", ", same) + ".",
        Versions.diff(facts.name(), after.digest(), before.digest()));
  }

  private static Side side(VersionRow row) {
    String where = row.inForce().isEmpty() ? "" : "; in force in " + row.inForce();
    return new Side(
        row.shown(),
        row.digest(),
        "declared %s by %s%s".formatted(row.declared().shown(), row.by(), where));
  }

  private static Part part(VersionDiff.Part part, String before, String after) {
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
    return new Part(part.artefact().word(), Artefacts.change(part.fields()), texts, fields);
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
