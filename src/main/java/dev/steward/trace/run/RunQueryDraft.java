// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run query in the making: every run, the oldest first, until it is told otherwise. A null
/// filter does not filter.
public final class RunQueryDraft {
  private @Nullable Set<String> agents;
  private @Nullable String version;
  private @Nullable String environment;
  private @Nullable String workflow;
  private @Nullable String task;
  private @Nullable String conversation;
  private @Nullable RunStatus status;
  private @Nullable String outcome;
  private @Nullable String model;
  private @Nullable String tool;
  private @Nullable String source;
  private @Nullable String team;
  private @Nullable BigDecimal costAtLeast;
  private @Nullable BigDecimal costAtMost;
  private @Nullable Boolean costKnown;
  private @Nullable Duration durationAtLeast;
  private @Nullable Duration durationAtMost;
  private @Nullable Boolean errors;
  private @Nullable String text;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private RunQuery.Sort sort = RunQuery.Sort.STARTED;
  private boolean descending;
  private int limit = 100;
  private @Nullable String cursor;

  /// All runs.
  public static RunQueryDraft runs() {
    return new RunQueryDraft();
  }

  /// What a query asks, to be changed.
  public static RunQueryDraft like(RunQuery query) {
    return runs()
        .agents(query.agents())
        .version(query.version())
        .environment(query.environment())
        .workflow(query.workflow())
        .task(query.task())
        .conversation(query.conversation())
        .status(query.status())
        .outcome(query.outcome())
        .model(query.model())
        .tool(query.tool())
        .source(query.source())
        .team(query.team())
        .costAtLeast(query.costAtLeast())
        .costAtMost(query.costAtMost())
        .costKnown(query.costKnown())
        .durationAtLeast(query.durationAtLeast())
        .durationAtMost(query.durationAtMost())
        .errors(query.errors())
        .text(query.text())
        .from(query.from())
        .to(query.to())
        .by(query.sort())
        .descending(query.descending())
        .limit(query.limit())
        .behind(query.cursor());
  }

  public RunQueryDraft agents(String... names) {
    return agents(Set.of(names));
  }

  public RunQueryDraft agents(@Nullable Set<String> names) {
    agents = names;
    return this;
  }

  public RunQueryDraft version(@Nullable String value) {
    version = value;
    return this;
  }

  public RunQueryDraft environment(@Nullable String value) {
    environment = value;
    return this;
  }

  public RunQueryDraft workflow(@Nullable String value) {
    workflow = value;
    return this;
  }

  public RunQueryDraft task(@Nullable String value) {
    task = value;
    return this;
  }

  public RunQueryDraft conversation(@Nullable String value) {
    conversation = value;
    return this;
  }

  public RunQueryDraft status(@Nullable RunStatus value) {
    status = value;
    return this;
  }

  public RunQueryDraft outcome(@Nullable String value) {
    outcome = value;
    return this;
  }

  public RunQueryDraft model(@Nullable String value) {
    model = value;
    return this;
  }

  public RunQueryDraft tool(@Nullable String value) {
    tool = value;
    return this;
  }

  public RunQueryDraft source(@Nullable String value) {
    source = value;
    return this;
  }

  public RunQueryDraft team(@Nullable String value) {
    team = value;
    return this;
  }

  public RunQueryDraft costAtLeast(@Nullable BigDecimal value) {
    costAtLeast = value;
    return this;
  }

  public RunQueryDraft costAtMost(@Nullable BigDecimal value) {
    costAtMost = value;
    return this;
  }

  public RunQueryDraft durationAtMost(@Nullable Duration value) {
    durationAtMost = value;
    return this;
  }

  public RunQueryDraft costKnown(@Nullable Boolean value) {
    costKnown = value;
    return this;
  }

  public RunQueryDraft durationAtLeast(@Nullable Duration value) {
    durationAtLeast = value;
    return this;
  }

  public RunQueryDraft errors(@Nullable Boolean value) {
    errors = value;
    return this;
  }

  public RunQueryDraft text(@Nullable String value) {
    text = value;
    return this;
  }

  public RunQueryDraft from(@Nullable Instant value) {
    from = value;
    return this;
  }

  public RunQueryDraft to(@Nullable Instant value) {
    to = value;
    return this;
  }

  public RunQueryDraft by(RunQuery.Sort value) {
    sort = value;
    return this;
  }

  public RunQueryDraft descending() {
    return descending(true);
  }

  public RunQueryDraft descending(boolean value) {
    descending = value;
    return this;
  }

  public RunQueryDraft limit(int value) {
    limit = value;
    return this;
  }

  public RunQueryDraft behind(@Nullable String value) {
    cursor = value;
    return this;
  }

  public RunQuery build() {
    return new RunQuery(
        agents,
        version,
        environment,
        workflow,
        task,
        conversation,
        status,
        outcome,
        model,
        tool,
        source,
        team,
        costAtLeast,
        costAtMost,
        costKnown,
        durationAtLeast,
        durationAtMost,
        errors,
        text,
        from,
        to,
        sort,
        descending,
        limit,
        cursor);
  }
}
