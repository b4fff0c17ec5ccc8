// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.Alerts;
import dev.steward.control.alert.NextNotice;
import dev.steward.control.alert.Stage;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Severity;
import dev.steward.control.state.State;
import dev.steward.control.watch.Watch;
import dev.steward.domain.Uninterrupted;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.insight.finding.Finding;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Looks what fires by which rule, and tells control: alerts are raised, told, and over.
public final class AlertWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AlertWatch.class.getName());
  private static final int INCIDENT_AGENTS_MAX = 50;

  private final Control control;
  private final Supplier<List<Finding>> findings;
  private final Supplier<List<ThresholdReading>> thresholds;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final BooleanSupplier ready;
  private final Duration every;
  private final Watch watch = new Watch();
  private final Thread thread = Thread.ofVirtual().name("alert-watch").unstarted(this::run);

  /// @param findings all that is wrong now
  /// @param thresholds what every threshold says now
  /// @param ready whether all runs can be read
  /// @param every so long it looks again
  public AlertWatch(
      Control control,
      Supplier<List<Finding>> findings,
      Supplier<List<ThresholdReading>> thresholds,
      InstantSource clock,
      Supplier<String> ids,
      BooleanSupplier ready,
      Duration every) {
    this.control = control;
    this.findings = findings;
    this.thresholds = thresholds;
    this.clock = clock;
    this.ids = ids;
    this.ready = ready;
    this.every = every;
  }

  /// Begins to watch on a thread of its own.
  public AlertWatch start() {
    thread.start();
    return this;
  }

  /// Ends the watch; what is open is looked at again after the next start.
  @Override
  public void close() {
    watch.close();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
  }

  private void run() {
    boolean open = watch.isOpen();
    while (open) {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "alerts could not be looked at; they are tried again", e);
      }
      open = watch.rest(every);
    }
  }

  private static boolean idle(State state) {
    return !state.any(AlertRule.class) && state.alerts().open().isEmpty();
  }

  /// Looks once. Nothing is looked for where nothing can fire.
  public void look() {
    State state = control.state();
    if (idle(state) || !ready.getAsBoolean()) {
      return;
    }
    compare(state, findings.get());
    for (Alert alert : control.state().alerts().open()) {
      attempt("alert " + alert.id() + " is not told now", () -> tell(alert));
    }
  }

  private void compare(State state, List<Finding> found) {
    List<Alert> all = state.alerts().open();
    Map<String, Map<String, Alert>> open = byRule(all);
    Map<String, Set<String>> firing = new HashMap<>();
    long room = (long) Alerts.OPEN_MAX - all.size();
    for (AlertRule rule : state.all(AlertRule.class)) {
      Map<String, Alert> before = open.getOrDefault(rule.name(), Map.of());
      Map<String, Fired> groups = Grouping.of(rule, found, state, before.keySet());
      firing.put(rule.name(), groups.keySet());
      for (Map.Entry<String, Fired> each : groups.entrySet()) {
        Optional<Alert> known = Optional.ofNullable(before.get(each.getKey()));
        if (known.isPresent() || room-- > 0) {
          attempt(
              "the rule " + rule.name() + " does not fire now",
              () -> fires(rule, each.getKey(), each.getValue(), known));
        }
      }
    }
    if (room < 0) {
      LOG.log(
          Level.WARNING,
          "{0} alerts are not raised, since {1} are open, and more there are not at once",
          -room,
          Alerts.OPEN_MAX);
    }
    end(
        state,
        all.stream()
            .filter(each -> !firing.getOrDefault(each.rule(), Set.of()).contains(each.group()))
            .toList());
  }

  private static Map<String, Map<String, Alert>> byRule(List<Alert> open) {
    Map<String, Map<String, Alert>> byRule = new HashMap<>();
    for (Alert alert : open) {
      byRule.computeIfAbsent(alert.rule(), _ -> new HashMap<>()).put(alert.group(), alert);
    }
    return byRule;
  }

  private void fires(AlertRule rule, String group, Fired fired, Optional<Alert> open) {
    submit(
        open.isPresent()
            ? new Command.ChangeAlert(open.get().id(), fired.firing())
            : new Command.RaiseAlert(
                ids.get(),
                rule.name(),
                group,
                fired.firing(),
                fired.began().orElseGet(clock::instant)));
  }

  /// Thresholds are read once, however many alerts end.
  private void end(State state, List<Alert> gone) {
    boolean asked =
        gone.stream()
            .flatMap(alert -> state.find(AlertRule.class, alert.rule()).stream())
            .anyMatch(rule -> rule.trigger() instanceof Threshold);
    List<ThresholdReading> said = asked ? thresholds.get() : List.of();
    for (Alert alert : gone) {
      attempt("alert " + alert.id() + " does not end now", () -> end(state, alert, said));
    }
  }

  /// A threshold that has too little to say does not say that all is well.
  private void end(State state, Alert alert, List<ThresholdReading> said) {
    Optional<AlertRule> rule = state.find(AlertRule.class, alert.rule());
    if (rule.isEmpty()) {
      submit(new Command.ResolveAlert(alert.id(), "Its rule was deleted."));
    } else if (!(rule.get().trigger() instanceof Threshold) || within(rule.get(), alert, said)) {
      submit(new Command.ResolveAlert(alert.id(), "What fired is not found any more."));
    }
  }

  private static boolean within(AlertRule rule, Alert alert, List<ThresholdReading> said) {
    return said.stream()
        .filter(reading -> reading.rule().name().equals(rule.name()))
        .filter(reading -> alert.findings().contains(reading.id()))
        .noneMatch(reading -> reading.said() instanceof ThresholdReading.NotEnough);
  }

  private void tell(Alert alert) {
    State state = control.state();
    Optional<AlertRule> rule = state.find(AlertRule.class, alert.rule());
    Instant now = clock.instant();
    Optional<NextNotice> next =
        rule.flatMap(each -> NextNotice.of(each, alert, state.alerts(), now))
            .filter(due -> !due.at().isAfter(now));
    if (next.isEmpty()) {
      return;
    }
    if (next.get().stage() == Stage.FIRST) {
      attempt(
          "no incident is opened for alert " + alert.id(), () -> open(rule.get(), alert, state));
    }
    submit(new Command.TellAlert(alert.id(), next.get().stage()));
  }

  /// Before the first notice, so that it names the incident, and there is one also after a crash
  /// between both.
  private void open(AlertRule rule, Alert alert, State state) {
    Optional<Severity> severity = Severity.of(rule.incident());
    if (severity.isEmpty() || state.incidents().find(alert.incident()).isPresent()) {
      return;
    }
    List<Concern> registered =
        alert.agents().stream()
            .filter(concern -> !state.history("Agent", concern.agent()).isEmpty())
            .limit(INCIDENT_AGENTS_MAX)
            .toList();
    String title = state.text(alert.title()).orElse("an alert of " + rule.name());
    submit(
        new Command.OpenIncident(
            alert.incident(),
            IncidentTitle.of(title),
            severity.get(),
            registered,
            List.of(),
            "",
            Optional.of(alert.began()).filter(began -> !began.isAfter(state.at())),
            "The rule " + rule.name() + " fired; see alert " + alert.id() + "."));
  }

  /// What cannot be done for one alert holds up no other.
  private static void attempt(String otherwise, Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, otherwise, e);
    }
  }

  private void submit(Command command) {
    control.submit(command, Actor.SYSTEM);
  }
}
