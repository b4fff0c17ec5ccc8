// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.Decimals;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.Every;
import dev.steward.domain.resource.Budget.Limit;
import dev.steward.domain.resource.Budget.OnUnknown;
import dev.steward.domain.resource.Budget.Scope;
import dev.steward.domain.resource.Budget.WhenTooLarge;
import dev.steward.domain.resource.Budget.Window;
import dev.steward.domain.resource.Metadata;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a Budget is written.
final class BudgetKind implements Kind<Budget> {
  private static final int WARN_AT = 80;
  private static final int LAST_DAY = 28;
  private static final String TEAM = "team";

  @Override
  public Class<Budget> type() {
    return Budget.class;
  }

  @Override
  public Budget read(Metadata metadata, Fields spec) {
    Limit limit = limit(spec);
    long warnAt = spec.whole("warnAt", WARN_AT);
    if (warnAt < 1 || warnAt > 100) {
      spec.flaw("warnAt", "is a per cent of the limit, 1 to 100");
    }
    return new Budget(
        metadata,
        spec.object("scope").map(BudgetKind::scope).orElse(Scope.EVERYTHING),
        window(spec),
        limit,
        spec.choice("onUnknown", OnUnknown.class, OnUnknown.CHARGE_RESERVATION),
        unknownCall(spec, limit),
        spec.choice("whenTooLarge", WhenTooLarge.class, WhenTooLarge.CLAMP),
        Math.clamp(warnAt, 1, 100));
  }

  private static Scope scope(Fields fields) {
    Map<String, String> labels = new TreeMap<>(fields.map("labels"));
    String team = fields.text(TEAM, "");
    if (!team.isEmpty() && labels.put(TEAM, team) != null) {
      fields.flaw(TEAM, "stands in labels too; write it once");
    }
    Scope scope =
        new Scope(
            labels,
            Names.reference(fields, "agent", false),
            fields.text("workflow", ""),
            fields.text("environment", ""),
            fields.text("run", ""),
            fields.flag("shadow", false));
    fields.close();
    return scope;
  }

  private static Window window(Fields spec) {
    if (!spec.has("window")) {
      spec.flaw("window", "is missing; write run, hour, day or month");
    }
    boolean word = spec.json("window").filter(JsonNode::isObject).isEmpty();
    if (word) {
      return new Window(
          spec.choice("window", Every.class, Every.DAY), LocalTime.MIDNIGHT, 1, ZoneOffset.UTC);
    }
    Fields fields = spec.object("window").orElseThrow();
    if (!fields.has("every")) {
      fields.flaw("every", "is missing; write run, hour, day or month");
    }
    Every every = fields.choice("every", Every.class, Every.DAY);
    long on = fields.whole("resetsOn", 1);
    if (on < 1 || on > LAST_DAY) {
      fields.flaw("resetsOn", "is a day that every month has, 1 to " + LAST_DAY);
    }
    refuseWhereItSaysNothing(fields, every);
    Window window = new Window(every, time(fields), Math.clamp(on, 1, LAST_DAY), zone(fields));
    fields.close();
    return window;
  }

  private static void refuseWhereItSaysNothing(Fields fields, Every every) {
    if (fields.has("resetsOn") && every != Every.MONTH) {
      fields.flaw("resetsOn", "is for windows of a month");
    }
    if (fields.has("resetsAt") && every == Every.RUN) {
      fields.flaw("resetsAt", "has no meaning for a run's window, which lasts as long as the run");
    }
    if (fields.has("zone") && (every == Every.RUN || every == Every.HOUR)) {
      fields.flaw("zone", "is for windows of a day or month");
    }
  }

  private static LocalTime time(Fields fields) {
    String written = fields.text("resetsAt", "00:00");
    try {
      return LocalTime.parse(written);
    } catch (DateTimeException _) {
      fields.flaw("resetsAt", "'" + Names.shortened(written) + "' is no time such as 06:00");
      return LocalTime.MIDNIGHT;
    }
  }

  private static ZoneId zone(Fields fields) {
    String written = fields.text("zone", "");
    try {
      return written.isEmpty() ? ZoneOffset.UTC : ZoneId.of(written);
    } catch (DateTimeException _) {
      fields.flaw(
          "zone", "'" + Names.shortened(written) + "' is no time zone such as Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }

  private static Limit limit(Fields spec) {
    Limit none = new Limit(BigDecimal.ZERO, Limit.CALLS);
    Optional<Fields> fields = spec.object("limit");
    if (fields.isEmpty()) {
      spec.flaw("limit", "is missing; write cost with a currency, tokens or calls");
      return none;
    }
    Fields limit = fields.get();
    List<String> said =
        List.of("cost", Limit.TOKENS, Limit.CALLS).stream().filter(limit::has).toList();
    if (said.size() != 1) {
      spec.flaw(
          "limit", "must be one of cost, tokens and calls; declare a Budget for each you want");
    }
    String currency = limit.text("currency", "USD");
    if (!Limit.isCurrency(currency)) {
      limit.flaw("currency", "must be three capitals of ISO 4217, such as USD");
    }
    if (limit.has("currency") && !said.contains("cost")) {
      limit.flaw("currency", "is for a limit in cost");
    }
    Limit read = said.isEmpty() ? none : amount(limit, said.getFirst(), currency);
    limit.close();
    return read;
  }

  private static Limit amount(Fields limit, String unit, String currency) {
    BigDecimal amount = limit.decimal(unit);
    if (amount.signum() < 0) {
      limit.flaw(unit, "must not be negative");
      return new Limit(BigDecimal.ZERO, Limit.CALLS);
    }
    if (!unit.equals("cost") && Decimals.plain(amount).scale() > 0) {
      limit.flaw(unit, "must be a whole number");
    }
    return new Limit(amount, unit.equals("cost") ? currency : unit);
  }

  private static @Nullable BigDecimal unknownCall(Fields spec, Limit limit) {
    if (!spec.has("unknownCall")) {
      return null;
    }
    BigDecimal amount = Decimals.plain(spec.decimal("unknownCall"));
    if (!limit.money()) {
      spec.flaw("unknownCall", "is for a limit in cost: tokens and calls are always counted");
    } else if (amount.signum() <= 0) {
      spec.flaw("unknownCall", "must be more than 0: a call of unknown price is never free");
    }
    return amount;
  }

  @Override
  public void write(Budget budget, ObjectNode spec) {
    if (!budget.scope().equals(Scope.EVERYTHING)) {
      write(budget.scope(), spec.putObject("scope"));
    }
    write(budget.window(), spec);
    ObjectNode limit = spec.putObject("limit");
    if (budget.limit().money()) {
      limit.put("cost", budget.limit().amount()).put("currency", budget.limit().unit());
    } else {
      limit.put(budget.limit().unit(), budget.limit().amount());
    }
    if (budget.onUnknown() != OnUnknown.CHARGE_RESERVATION) {
      spec.put("onUnknown", Fields.word(budget.onUnknown()));
    }
    BigDecimal unknownCall = budget.unknownCall();
    if (unknownCall != null) {
      spec.put("unknownCall", unknownCall);
    }
    if (budget.whenTooLarge() != WhenTooLarge.CLAMP) {
      spec.put("whenTooLarge", Fields.word(budget.whenTooLarge()));
    }
    if (budget.warnAt() != WARN_AT) {
      spec.put("warnAt", budget.warnAt());
    }
  }

  private static void write(Scope scope, ObjectNode node) {
    Map<String, String> labels = new TreeMap<>(scope.labels());
    String team = labels.remove(TEAM);
    Spec.put(node, TEAM, team == null ? "" : team);
    if (!labels.isEmpty()) {
      ObjectNode written = node.putObject("labels");
      labels.forEach(written::put);
    }
    Spec.put(node, "agent", scope.agent());
    Spec.put(node, "workflow", scope.workflow());
    Spec.put(node, "environment", scope.environment());
    Spec.put(node, "run", scope.run());
    if (scope.shadow()) {
      node.put("shadow", true);
    }
  }

  private static void write(Window window, ObjectNode spec) {
    Window plain = new Window(window.every(), LocalTime.MIDNIGHT, 1, ZoneOffset.UTC);
    if (window.equals(plain)) {
      spec.put("window", Fields.word(window.every()));
      return;
    }
    ObjectNode node = spec.putObject("window");
    node.put("every", Fields.word(window.every()));
    if (!window.resetsAt().equals(LocalTime.MIDNIGHT)) {
      node.put("resetsAt", window.resetsAt().toString());
    }
    if (window.resetsOn() != 1) {
      node.put("resetsOn", window.resetsOn());
    }
    if (!window.zone().equals(ZoneOffset.UTC)) {
      node.put("zone", window.zone().getId());
    }
  }
}
