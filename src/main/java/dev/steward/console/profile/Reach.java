// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.console.profile.ReachRow.Group;
import dev.steward.control.plan.VersionDiff;
import dev.steward.control.registry.DataReach;
import dev.steward.control.registry.Registry;
import dev.steward.control.state.VersionEntry;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.ToolServer.Tool;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.run.UsedPart.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/// The bill of materials of an agent: what it is declared to reach beside what its runs have used.
public final class Reach {
  private static final int EARLIER_MAX = 20;
  private static final DataReach NOTHING =
      new DataReach(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());

  private final AgentFacts facts;
  private final DataReach reached;

  public Reach(AgentFacts facts) {
    this.facts = facts;
    AgentVersion version = facts.version();
    reached = version == null ? NOTHING : new Registry(facts.state()).reach(version);
  }

  public List<Group> groups() {
    AgentVersion version = facts.version();
    SortedMap<String, String> tools = new TreeMap<>();
    SortedMap<String, String> models = new TreeMap<>();
    SortedMap<String, String> data = new TreeMap<>();
    SortedMap<String, String> delegates = new TreeMap<>();
    if (version != null) {
      VersionDiff.tools(new VersionDiff.Side(version, facts.state(), facts.state().sequence()))
          .forEach((name, tool) -> tools.put(name, told(tool)));
      for (AgentVersion.ModelUse use : version.models()) {
        models.merge(
            use.model(),
            use.use() + (use.provider().isEmpty() ? "" : ", by " + use.provider()),
            (a, b) -> a + "; " + b);
      }
      version.delegates().forEach(delegate -> delegates.put(delegate, agent(delegate)));
      reached.sources().forEach((name, ways) -> data.put(name, source(name, ways)));
    }
    List<Group> all =
        List.of(
            group("Tools", Kind.TOOL, "tool", tools, Reach::sameTool),
            group("Models", Kind.MODEL, "model", models, Reach::sameModel),
            group("Data sources", Kind.SOURCE, "source", data, String::equals),
            group("Other agents", Kind.AGENT, "", delegates, String::equals));
    return all.stream().filter(group -> !group.rows().isEmpty()).toList();
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
      rows.add(
          uses.isEmpty() && kind == Kind.SOURCE
              ? throughTools(thing.getKey(), thing.getValue())
              : row(thing.getKey(), thing.getValue(), uses, filter, "Used"));
    }
    for (UsedPart part : left) {
      rows.add(stray(part, kind, filter, same));
    }
    return new Group(words, count(declared.size(), left.size()), rows);
  }

  /// A link stands for one name; where runs used several, it leads to those of the most used.
  private ReachRow row(
      String name, String detail, List<UsedPart> uses, String filter, String word) {
    long runs = uses.stream().mapToLong(UsedPart::runs).sum();
    String href =
        uses.stream()
            .max(Comparator.comparing(UsedPart::runs))
            .map(part -> href(filter, part.name()))
            .orElse("");
    Mark mark = runs > 0 ? new Mark(Tone.OK, word) : new Mark(Tone.UNKNOWN, "Not used");
    return new ReachRow(name, mark, detail, runs, href);
  }

  /// A source whose reading no span tells is reached all the same when a tool before it was used.
  private ReachRow throughTools(String source, String detail) {
    SortedSet<String> ways = reached.sources().getOrDefault(source, new TreeSet<>());
    List<UsedPart> uses =
        facts.used(Kind.TOOL).stream()
            .filter(part -> ways.stream().anyMatch(way -> sameTool(way, part.name())))
            .max(Comparator.comparing(UsedPart::runs))
            .map(List::of)
            .orElse(List.of());
    return row(source, detail, uses, "tool", "Through a tool");
  }

  /// What was used and is not declared now.
  private ReachRow stray(
      UsedPart part, Kind kind, String filter, BiPredicate<String, String> same) {
    String href = href(filter, part.name());
    if (facts.agent() == null) {
      return new ReachRow(part.name(), new Mark(Tone.UNKNOWN, "Used"), "", part.runs(), href);
    }
    String earlier = earlier(part.name(), kind, same);
    return earlier.isEmpty()
        ? new ReachRow(
            part.name(),
            new Mark(Tone.WARNING, "Used, not declared"),
            "no version declares it",
            part.runs(),
            href)
        : new ReachRow(
            part.name(),
            new Mark(Tone.UNKNOWN, "Used before"),
            "declared by " + earlier + ", no longer",
            part.runs(),
            href);
  }

  /// The newest earlier version that declares it, "" for none.
  private String earlier(String name, Kind kind, BiPredicate<String, String> same) {
    List<VersionEntry> versions = facts.state().versions(facts.name()).reversed();
    for (VersionEntry entry : versions.stream().limit(EARLIER_MAX).toList()) {
      AgentVersion version =
          facts.state().version(facts.name(), entry.version().hex()).orElseThrow();
      VersionDiff.Side side = new VersionDiff.Side(version, facts.state(), entry.sequence());
      Collection<String> declared =
          switch (kind) {
            case TOOL -> VersionDiff.tools(side).keySet();
            case MODEL -> version.models().stream().map(AgentVersion.ModelUse::model).toList();
            case SOURCE -> new Registry(facts.state()).reach(version).sources().keySet();
            case AGENT -> version.delegates();
            case WORKFLOW, VERSION -> List.of();
          };
      if (declared.stream().anyMatch(thing -> same.test(thing, name))) {
        return Ids.version(entry.version().hex());
      }
    }
    return "";
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
