// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.SortHead;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.StepName;
import dev.steward.domain.Spend;
import dev.steward.insight.sight.DiscreetCosts;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.CostQuery.TaskRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the rows of the cost table.
final class CostTable {
  private static final int ROWS_MAX = 100;
  private static final int PARTS_MAX = 8;

  private final CostRequest asked;
  private final CostSums sums;
  private final PageUrl url;
  private final SortHead.Table order;
  private final RunLinks runs;

  CostTable(CostRequest asked, CostSums sums, PageUrl url, SortHead.Table order) {
    this.asked = asked;
    this.sums = sums;
    this.url = url;
    this.order = order;
    this.runs = new RunLinks(asked, url);
  }

  List<CostRow> shown() {
    List<String> names = new ArrayList<>(sums.groups().keySet());
    Comparator<String> wanted = comparator();
    names.sort((order.descending() ? wanted.reversed() : wanted).thenComparing(n -> n));
    List<CostRow> rows = new ArrayList<>();
    for (String name : names.subList(0, Math.min(ROWS_MAX, names.size()))) {
      rows.add(
          row(asked.group(), name, sums.groups().getOrDefault(name, Sum.NONE), parts(name), true));
    }
    return rows;
  }

  /// How many groups are not shown, "" for none.
  String rest() {
    int more = sums.groups().size() - ROWS_MAX;
    return more <= 0
        ? Figures.of(sums.groups().size(), "row", "rows")
        : ROWS_MAX + " rows; " + Figures.count(more) + " more are in the CSV";
  }

  private Comparator<String> comparator() {
    return switch (order.by()) {
      case "name" -> Comparator.naturalOrder();
      case "change" -> Comparator.comparingDouble(this::change);
      case "unknown" -> Comparator.comparingLong(n -> of(n).cost().unknown());
      case "runs" -> Comparator.comparingLong(this::runCount);
      case "task" -> Comparator.comparing(this::perTask);
      default -> Comparator.comparing(n -> of(n).amount());
    };
  }

  private Sum of(String name) {
    return sums.groups().getOrDefault(name, Sum.NONE);
  }

  private double change(String name) {
    Map<String, Sum> before = sums.before();
    return before == null
        ? 0
        : Change.between(before.getOrDefault(name, Sum.NONE).cost(), of(name).cost()).share();
  }

  private long runCount(String name) {
    TaskRow tasks = tasks(name);
    return tasks == null ? of(name).calls() : tasks.runs();
  }

  private BigDecimal perTask(String name) {
    TaskRow tasks = tasks(name);
    return tasks == null ? BigDecimal.ZERO : tasks.perSuccess().orElse(BigDecimal.ZERO);
  }

  private @Nullable TaskRow tasks(String name) {
    Map<String, TaskRow> tasks = sums.tasks();
    return tasks == null ? null : tasks.get(name);
  }

  private List<CostRow> parts(String group) {
    By split = asked.split();
    if (split == null) {
      return List.of();
    }
    List<Map.Entry<String, Sum>> parts =
        new ArrayList<>(sums.parts().getOrDefault(group, Map.of()).entrySet());
    parts.sort(
        Comparator.comparing((Map.Entry<String, Sum> part) -> part.getValue().amount())
            .reversed()
            .thenComparing(Map.Entry::getKey));
    List<CostRow> rows = new ArrayList<>();
    Sum rest = Sum.NONE;
    for (int i = 0; i < parts.size(); i++) {
      Map.Entry<String, Sum> part = parts.get(i);
      if (i < PARTS_MAX) {
        rows.add(row(split, part.getKey(), part.getValue(), List.of(), false));
      } else {
        rest = rest.plus(part.getValue());
      }
    }
    if (parts.size() > PARTS_MAX) {
      rows.add(
          plain(
              Figures.of(parts.size() - PARTS_MAX, "other", "others"), false, "", rest, List.of()));
    }
    return rows;
  }

  private CostRow row(By by, String name, Sum sum, List<CostRow> parts, boolean first) {
    boolean named = !name.isEmpty() && !name.equals(DiscreetCosts.HIDDEN);
    String href = named ? drill(by, name) : "";
    CostRow plain = plain(shown(by, name), named, href, sum, parts);
    if (!first) {
      return plain;
    }
    Map<String, Sum> before = by.time() ? null : sums.before();
    Change change =
        before == null
            ? null
            : Change.between(before.getOrDefault(name, Sum.NONE).cost(), sum.cost());
    TaskRow tasks = tasks(name);
    PerTask each = tasks == null ? null : PerTask.of(tasks);
    return new CostRow(
        plain.name(),
        plain.named(),
        href,
        plain.cost(),
        plain.share(),
        change == null ? "" : change.words(),
        change == null ? "" : change.note(),
        plain.unknown(),
        sum.cost().unknown() == 0 ? "" : runs.unknown(by, name),
        tasks == null ? "" : Figures.count(tasks.runs()),
        tasks == null ? "" : runs.group(by, name),
        each == null ? CostText.NONE : each.cost(),
        each == null ? "" : each.sample(),
        plain.calls(),
        plain.tokens(),
        parts);
  }

  private CostRow plain(String name, boolean named, String href, Sum sum, List<CostRow> parts) {
    return new CostRow(
        name,
        named,
        href,
        CostText.of(sum.cost()),
        share(sum),
        "",
        "",
        sum.cost().unknown() == 0 ? "" : Figures.count(sum.cost().unknown()),
        "",
        "",
        "",
        CostText.NONE,
        "",
        Figures.count(sum.calls()),
        tokens(sum),
        parts);
  }

  /// The same page about this group alone, by what tells most of it.
  private String drill(By by, String name) {
    if (by.time()) {
      return url.with("range", RunLinks.day(name)).without("sort", "order", "by").toString();
    }
    PageUrl chosen = url.with(CostRequest.word(by), name).without("sort", "order", "split", "by");
    By next =
        switch (by) {
          case AGENT, VERSION, RUN, PROVIDER -> By.MODEL;
          case WHAT -> what(name);
          case CALLER, TEAM, ENVIRONMENT, WORKFLOW, MODEL, TOOL, STEP -> By.AGENT;
          case DAY, HOUR, MINUTE -> By.AGENT;
        };
    return chosen.with("by", next == By.AGENT ? null : CostRequest.word(next)).toString();
  }

  /// The dimension that tells most of what money went to.
  private static By what(String word) {
    return word.equals(Spend.MODEL.word())
        ? By.MODEL
        : word.equals(Spend.TOOL.word()) || word.equals(Spend.API.word()) ? By.TOOL : By.STEP;
  }

  private String share(Sum sum) {
    BigDecimal whole = sums.total().amount();
    if (whole.signum() <= 0) {
      return "0";
    }
    double percent =
        sum.amount()
            .multiply(BigDecimal.valueOf(100))
            .divide(whole, MathContext.DECIMAL32)
            .doubleValue();
    return String.format(Locale.ROOT, "%.1f", Math.max(0, Math.min(100, percent)));
  }

  private static String tokens(Sum sum) {
    Long input = sum.input();
    Long output = sum.output();
    if (input == null && output == null) {
      return "unknown";
    }
    return (input == null ? "unknown" : Figures.count(input))
        + " / "
        + (output == null ? "unknown" : Figures.count(output));
  }

  /// A group by name.
  static String shown(By by, String name) {
    return name.isEmpty()
        ? none(by)
        : by == By.WHAT ? words(name) : by == By.STEP ? StepName.words(name) : name;
  }

  /// What money went to, in words.
  static String words(String what) {
    for (Spend spend : Spend.values()) {
      if (spend.word().equals(what)) {
        return switch (spend) {
          case MODEL -> "model tokens";
          case TOOL -> "tool calls";
          case API -> "API calls";
          case RETRIEVAL -> "retrieval";
          case COMPUTE -> "compute";
          case REVIEW -> "human review";
        };
      }
    }
    return what;
  }

  /// What a group without a value is called.
  static String none(By by) {
    return switch (by) {
      case AGENT -> "no agent named";
      case CALLER -> "no caller told";
      case VERSION -> "no version";
      case WHAT -> "not told apart";
      case PROVIDER -> "no provider told";
      case STEP -> "no step told";
      case MODEL -> "no model";
      case TOOL -> "outside of any tool";
      case WORKFLOW -> "no workflow";
      case TEAM -> "no team";
      case ENVIRONMENT -> "no environment";
      case RUN -> "no run";
      case DAY, HOUR, MINUTE -> "no time";
    };
  }
}
