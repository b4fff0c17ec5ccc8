// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run query for tests, said in few words.
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

  public static RunQueryDraft runs() {
    return new RunQueryDraft();
  }

  public RunQueryDraft agents(String... names) {
    agents = Set.of(names);
    return this;
  }

  public RunQueryDraft version(String value) {
    version = value;
    return this;
  }

  public RunQueryDraft environment(String value) {
    environment = value;
    return this;
  }

  public RunQueryDraft workflow(String value) {
    workflow = value;
    return this;
  }

  public RunQueryDraft task(String value) {
    task = value;
    return this;
  }

  public RunQueryDraft conversation(String value) {
    conversation = value;
    return this;
  }

  public RunQueryDraft status(RunStatus value) {
    status = value;
    return this;
  }

  public RunQueryDraft outcome(String value) {
    outcome = value;
    return this;
  }

  public RunQueryDraft model(String value) {
    model = value;
    return this;
  }

  public RunQueryDraft tool(String value) {
    tool = value;
    return this;
  }

  public RunQueryDraft source(String value) {
    source = value;
    return this;
  }

  public RunQueryDraft team(String value) {
    team = value;
    return this;
  }

  public RunQueryDraft costAtLeast(String value) {
    costAtLeast = new BigDecimal(value);
    return this;
  }

  public RunQueryDraft costAtMost(String value) {
    costAtMost = new BigDecimal(value);
    return this;
  }

  public RunQueryDraft durationAtMost(Duration value) {
    durationAtMost = value;
    return this;
  }

  public RunQueryDraft costKnown(boolean value) {
    costKnown = value;
    return this;
  }

  public RunQueryDraft durationAtLeast(Duration value) {
    durationAtLeast = value;
    return this;
  }

  public RunQueryDraft errors(boolean value) {
    errors = value;
    return this;
  }

  public RunQueryDraft text(String value) {
    text = value;
    return this;
  }

  public RunQueryDraft from(Instant value) {
    from = value;
    return this;
  }

  public RunQueryDraft to(Instant value) {
    to = value;
    return this;
  }

  public RunQueryDraft by(RunQuery.Sort value) {
    sort = value;
    return this;
  }

  public RunQueryDraft descending() {
    descending = true;
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
