// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Facets;
import dev.steward.console.filter.Filter;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.runs.RunsPage.Field;
import dev.steward.console.runs.RunsPage.Narrowing;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The filters above the list of runs: those that are wanted often as choices, the others behind a
/// fold, and what is on in words.
final class RunsFilters {
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private final RunsRequest asked;

  RunsFilters(RunsRequest asked) {
    this.asked = asked;
  }

  /// @param shown the runs on the page, whose outcomes are offered
  List<Filter> choices(Facets.Names names, List<Run> shown) {
    List<String> statuses = Arrays.stream(RunStatus.values()).map(RunStatus::word).toList();
    Set<String> outcomes = new TreeSet<>(Set.of("success", "failure"));
    for (Run run : shown) {
      String outcome = run.outcome();
      if (outcome != null) {
        outcomes.add(outcome);
      }
    }
    return List.of(
        new Filter("agent", "Agent", Choice.anyOr(names.agents(), value("agent"))),
        new Filter("status", "Status", Choice.anyOr(statuses, value("status"))),
        new Filter("outcome", "Outcome", Choice.anyOr(outcomes, value("outcome"))),
        new Filter("errors", "Errors", Choice.anyOr(List.of("yes", "no"), value("errors"))),
        new Filter("model", "Model", Choice.anyOr(names.models(), value("model"))),
        new Filter("tool", "Tool", Choice.anyOr(names.tools(), value("tool"))));
  }

  /// The filters behind the fold that are chosen from a list.
  ///
  /// @param agents that the reader may see
  List<Filter> folded(Collection<Agent> agents) {
    Set<String> labels = new TreeSet<>();
    Set<String> teams = new TreeSet<>();
    for (Agent agent : agents) {
      agent
          .metadata()
          .labels()
          .forEach((name, value) -> {
            labels.add(name + "=" + value);
            if (name.equals("team")) {
              teams.add(value);
            }
          });
    }
    List<Choice> known =
        List.of(
            new Choice("", "any", asked.costKnown() == null),
            new Choice("true", "known", Boolean.TRUE.equals(asked.costKnown())),
            new Choice("false", "unknown", Boolean.FALSE.equals(asked.costKnown())));
    return List.of(
        new Filter("team", "Team", Choice.anyOr(teams, value("team"))),
        new Filter("label", "Label", Choice.anyOr(labels, value("label"))),
        new Filter("costKnown", "Cost", known));
  }

  /// The filters behind the fold that are written.
  List<Field> fields() {
    return List.of(
        new Field("from", "Started from", "datetime-local", local("from")),
        new Field("to", "Started before", "datetime-local", local("to")),
        new Field("minSeconds", "Took at least, seconds", "number", text("minSeconds")),
        new Field("minCost", "Cost at least, USD", "number", text("minCost")),
        new Field("workflow", "Workflow", "text", text("workflow")),
        new Field("version", "Version", "text", text("version")),
        new Field("conversation", "Conversation", "text", text("conversation")),
        new Field("task", "Task", "text", text("task")),
        new Field("source", "Data source", "text", text("source")));
  }

  /// What is on and has no choice of its own above the list.
  List<Narrowing> narrowing(PageUrl url, Moments moments) {
    List<Narrowing> narrowing = new ArrayList<>();
    for (String name : List.of("team", "label")) {
      String value = value(name);
      if (value != null) {
        narrowing.add(on(name.equals("team") ? "Team" : "Label", value, name, url));
      }
    }
    Boolean known = asked.costKnown();
    if (known != null) {
      narrowing.add(on("Cost", known ? "known" : "unknown", "costKnown", url.without("cost")));
    }
    for (Field field : fields()) {
      String value = value(field.name());
      if (value != null) {
        Instant moment = asked.moment(field.name());
        String shown = moment == null ? Ids.middle(value) : moments.of(moment).shown();
        narrowing.add(on(field.label(), shown, field.name(), url));
      }
    }
    return narrowing;
  }

  private static Narrowing on(String label, String value, String name, PageUrl url) {
    return new Narrowing(label + " " + value, url.without(name, "cursor").toString());
  }

  private @Nullable String value(String name) {
    return asked.request().parameter(name);
  }

  private String text(String name) {
    String value = value(name);
    return value == null ? "" : value;
  }

  private String local(String name) {
    Instant moment = asked.moment(name);
    return moment == null ? "" : FIELD.format(moment.atZone(asked.zone()));
  }
}
