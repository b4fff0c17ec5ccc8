// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.agent.ReachRow.Group;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Mark;
import dev.steward.console.frame.Mark.Tone;
import dev.steward.control.plan.VersionDiff;
import dev.steward.control.registry.DataReach;
import dev.steward.control.registry.Registry;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.ToolServer.Tool;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.run.UsedPart.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// The bill of materials of an agent: what it is declared to reach beside what its runs have used.
final class Reach {
  private final AgentFacts facts;

  Reach(AgentFacts facts) {
    this.facts = facts;
  }

  List<Group> groups() {
    AgentVersion version = facts.version();
    SortedMap<String, String> tools = new TreeMap<>();
    SortedMap<String, String> models = new TreeMap<>();
    SortedMap<String, String> data = new TreeMap<>();
    SortedMap<String, String> delegates = new TreeMap<>();
    if (version != null) {
      VersionDiff.tools(
              new VersionDiff.Side(version, facts.state(), facts.state().sequence()))
          .forEach((name, tool) -> tools.put(name, told(tool)));
      for (AgentVersion.ModelUse use : version.models()) {
        models.merge(
            use.model(),
            use.use() + (use.provider().isEmpty() ? "" : ", by " + use.provider()),
            (a, b) -> a + "; " + b);
      }
      version.delegates().forEach(delegate -> delegates.put(delegate, agent(delegate)));
      DataReach reach = new Registry(facts.state()).reach(version);
      reach.sources().forEach((name, ways) -> data.put(name, source(name, ways)));
    }
    return List.of(
        group("Tools", Kind.TOOL, "tool", tools, Reach::sameTool),
        group("Models", Kind.MODEL, "model", models, Reach::sameModel),
        group("Data sources", Kind.SOURCE, "source", data, String::equals),
        group("Other agents", Kind.AGENT, "", delegates, String::equals));
  }

  private Group group(
      String words,
      Kind kind,
      String filter,
      SortedMap<String, String> declared,
      BiPredicate<String, String> same) {
    List<UsedPart> left = new ArrayList<>(facts.used(kind));
    List<ReachRow> rows = new ArrayList<>();
    for (Map.Entry<String, String> thing : declared.entrySet()) {
      List<UsedPart> uses =
          left.stream().filter(part -> same.test(thing.getKey(), part.name())).toList();
      left.removeAll(uses);
      long runs = uses.stream().mapToLong(UsedPart::runs).sum();
      // a link stands for one name; where runs used several, it leads to those of the most used
      String href =
          uses.stream()
              .max(Comparator.comparing(UsedPart::runs))
              .map(part -> href(filter, part.name()))
              .orElse("");
      rows.add(
          new ReachRow(
              thing.getKey(),
              runs > 0 ? new Mark(Tone.OK, "Used") : new Mark(Tone.UNKNOWN, "Not used"),
              thing.getValue(),
              runs,
              href));
    }
    for (UsedPart part : left) {
      rows.add(
          new ReachRow(
              part.name(),
              facts.agent() == null
                  ? new Mark(Tone.UNKNOWN, "Used")
                  : new Mark(Tone.WARNING, "Used, not declared"),
              "",
              part.runs(),
              href(filter, part.name())));
    }
    return new Group(words, count(declared.size(), left.size()), rows);
  }

  private String count(int declared, int undeclared) {
    if (facts.agent() == null) {
      return undeclared + " used";
    }
    return declared + " declared" + (undeclared == 0 ? "" : ", " + undeclared + " only used");
  }

  private String href(String filter, String name) {
    return filter.isEmpty() ? "" : facts.allRuns().with(filter, name).toString();
  }

  private static String told(Tool tool) {
    List<String> words = new ArrayList<>();
    if (!tool.effect().isEmpty()) {
      words.add("effect " + tool.effect());
    }
    if (!tool.sources().isEmpty()) {
      words.add("reaches " + String.join(", ", tool.sources()));
    }
    return words.isEmpty() && tool.description().isEmpty()
        ? "its server does not declare it"
        : String.join("; ", words);
  }

  private String source(String name, SortedSet<String> ways) {
    String labels =
        facts
            .state()
            .find(DataSource.class, name)
            .map(source -> labels(source.metadata().labels()))
            .orElse("not declared, so its labels are unknown");
    List<String> through = ways.stream().filter(way -> !way.equals("data")).toList();
    String way =
        through.isEmpty()
            ? ""
            : "through "
                + (through.size() == 1
                    ? through.getFirst()
                    : Figures.of(through.size(), "tool", "tools"));
    return labels.isEmpty() ? way : way.isEmpty() ? labels : labels + "; " + way;
  }

  private static String labels(Map<String, String> labels) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(labels).forEach((name, value) -> words.add(name + " " + value));
    return String.join(", ", words);
  }

  private String agent(String delegate) {
    return facts.state().agent(delegate).isPresent() ? "registered" : "not registered";
  }

  /// Runs may tell a tool without its server.
  private static boolean sameTool(String declared, String used) {
    return declared.equals(used)
        || declared.endsWith("/" + used)
        || (declared.endsWith("/*")
            && used.startsWith(declared.substring(0, declared.length() - 1)));
  }

  /// Runs may tell a model with the date of its build.
  private static boolean sameModel(String declared, String used) {
    return declared.equals(used)
        || (used.startsWith(declared + "-")
            && used.substring(declared.length()).matches("-[\\d-]+"));
  }
}
