// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.Refusals;
import dev.steward.trace.SpanStore;
import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.sums.ActivitySums;
import dev.steward.trace.sums.CostRows;
import dev.steward.trace.sums.PartSums;
import dev.steward.trace.sums.SliceSums;
import dev.steward.trace.sums.TaskRows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The span store in memory: the reference of the contract, and what the live tail is made of.
public final class InMemorySpanStore implements SpanStore {
  private final RunAssembler assembler;
  private final Silence silence;
  private final InstantSource clock;
  private final Map<String, HeldTrace> traces = new LinkedHashMap<>();
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
  private long loaded;
  private long duplicates;
  private long dead;
  private JournalPosition upTo = JournalPosition.START;

  public InMemorySpanStore(AgentDirectory directory, Silence silence, InstantSource clock) {
    this.assembler = new RunAssembler(directory, silence);
    this.silence = silence;
    this.clock = clock;
  }

  @Override
  public synchronized Written write(Batch batch) {
    Written written = add(batch);
    upTo = batch.upTo();
    return written;
  }

  @Override
  public synchronized Written reload(Set<String> ids, Batch batch) {
    if (!letters.keySet().containsAll(ids)) {
      throw new ApiException(ErrorCode.NOT_FOUND, "not all dead letters of " + ids + " are there");
    }
    for (DeadLetter letter : takeDeadLetters(ids)) {
      dead -= letter.spans();
    }
    return add(batch);
  }

  private Written add(Batch batch) {
    int added = 0;
    List<SpanKey> refused = new ArrayList<>();
    Refusals refusals = batch.refusals();
    for (Span span : batch.spans()) {
      HeldTrace held = held(span.key().traceId());
      switch (held.put(span)) {
        case NEW -> added++;
        case FOREIGN -> {
          if (refusals != null) {
            refused.add(span.key());
            DeadLetter letter = refusals.letter(span, held.refusal(span));
            letters.put(letter.id(), letter);
            dead += letter.spans();
          }
        }
        case DUPLICATE, NEWER -> {}
      }
    }
    batch.moved().forEach(span -> held(span.key().traceId()).put(span));
    batch.contents().forEach(content -> held(content.span().traceId()).put(content));
    batch.evaluations().forEach(evaluation -> held(evaluation.traceId()).put(evaluation));
    for (DeadLetter letter : batch.deadLetters()) {
      letters.put(letter.id(), letter);
      dead += letter.spans();
    }
    Written written =
        new Written(added, batch.spans().size() - added - refused.size(), List.copyOf(refused));
    loaded += written.loaded();
    duplicates += written.duplicates();
    return written;
  }

  private HeldTrace held(String traceId) {
    return traces.computeIfAbsent(traceId, _ -> new HeldTrace());
  }

  /// Lets a trace go.
  synchronized void forget(String traceId) {
    traces.remove(traceId);
  }

  /// Lets go of the large blobs of a trace, which are stored by now.
  synchronized void forgetBlobs(String traceId) {
    HeldTrace held = traces.get(traceId);
    if (held != null) {
      held.forgetBlobs();
    }
  }

  /// How many traces are held.
  synchronized int traces() {
    return traces.size();
  }

  /// Whether a trace is held, and has a run that is open now.
  synchronized boolean open(String traceId) {
    HeldTrace held = traces.get(traceId);
    return held != null && runs(held).stream().anyMatch(run -> run.status().open());
  }

  private List<Run> runs(HeldTrace held) {
    Instant now = clock.instant();
    return held.runs(assembler).stream().map(run -> run.at(now, silence)).toList();
  }

  @Override
  public synchronized int size(String traceId) {
    HeldTrace held = traces.get(traceId);
    return held == null ? 0 : held.size();
  }

  @Override
  public synchronized List<String> openTraces(Instant since) {
    List<String> open = new ArrayList<>();
    traces.forEach((id, held) -> {
      if (held.runs(assembler).stream()
          .map(AssembledRun::run)
          .anyMatch(run -> run.status().open() && !run.lastSeen().isBefore(since))) {
        open.add(id);
      }
    });
    return open;
  }

  @Override
  public synchronized Map<String, SpanKey> answered(Set<String> responseIds) {
    Map<String, SpanKey> found = new HashMap<>();
    for (HeldTrace held : traces.values()) {
      for (Span span : held.spans()) {
        String response = span.model() == null ? null : span.model().responseId();
        if (response != null && responseIds.contains(response)) {
          if (span.kind() == SpanKind.MODEL || !found.containsKey(response)) {
            found.put(response, span.key());
          }
        }
      }
    }
    return found;
  }

  @Override
  public synchronized Counts counts() {
    return new Counts(loaded, duplicates, dead, upTo);
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(int limit) {
    return letters.values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<DeadLetter> deadLetter(String id) {
    return Optional.ofNullable(letters.get(id));
  }

  @Override
  public synchronized List<DeadLetter> takeDeadLetters(Set<String> ids) {
    List<DeadLetter> taken =
        letters.values().stream().filter(letter -> ids.contains(letter.id())).toList();
    taken.forEach(letter -> letters.remove(letter.id()));
    return taken;
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    RunMatch match = new RunMatch(query);
    List<RunMatch.Hit> hits = hits(query, match);
    List<RunMatch.Hit> page = hits.stream().limit(query.limit()).toList();
    String next = hits.size() > page.size() ? match.cursorBehind(page.getLast()) : null;
    return new Page<>(page.stream().map(RunMatch.Hit::run).toList(), next);
  }

  /// All runs that match, in the order asked for.
  synchronized List<RunMatch.Hit> hits(RunQuery query, RunMatch match) {
    @Nullable List<String> words =
        query.text() == null
            ? null
            : List.of(query.text().toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
    Instant now = clock.instant();
    List<RunMatch.Hit> hits = new ArrayList<>();
    for (HeldTrace held : traces.values()) {
      for (AssembledRun assembled : held.runs(assembler)) {
        Run run = assembled.at(now, silence);
        if (match.test(assembled, run) && (words == null || held.contains(words))) {
          hits.add(match.hit(run));
        }
      }
    }
    hits.sort(match.order());
    return hits;
  }

  @Override
  public synchronized Optional<Run> run(String id) {
    HeldTrace held = traces.get(id.length() > 32 ? id.substring(0, 32) : id);
    if (held == null) {
      return Optional.empty();
    }
    List<Run> runs = runs(held);
    Optional<Run> exact = runs.stream().filter(run -> run.id().equals(id)).findFirst();
    return exact.isEmpty() && id.length() == 32 ? runs.stream().findFirst() : exact;
  }

  @Override
  public synchronized List<Span> spans(String traceId) {
    HeldTrace held = traces.get(traceId);
    return held == null ? List.of() : held.spans();
  }

  @Override
  public synchronized List<Span> outline(String traceId) {
    HeldTrace held = traces.get(traceId);
    return held == null ? List.of() : held.outline();
  }

  @Override
  public synchronized List<Span> spans(String traceId, Set<String> spanIds) {
    HeldTrace held = traces.get(traceId);
    return held == null ? List.of() : held.spans(spanIds);
  }

  @Override
  public synchronized List<Evaluation> evaluations(String traceId) {
    HeldTrace held = traces.get(traceId);
    return held == null ? List.of() : held.evaluations();
  }

  @Override
  public synchronized Optional<byte[]> content(Digest hash) {
    for (HeldTrace held : traces.values()) {
      Message body = held.body(hash);
      if (body != null) {
        return Optional.of(body.bytes());
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized List<CostQuery.Row> cost(CostQuery query) {
    CostRows rows = new CostRows(query);
    traces.values().forEach(held -> held.runs(assembler).forEach(rows::add));
    return rows.rows();
  }

  @Override
  public synchronized List<CostQuery.TaskRow> tasks(CostQuery query) {
    TaskRows rows = new TaskRows(query);
    for (HeldTrace held : traces.values()) {
      held.runs(assembler).forEach(run -> rows.add(run.run()));
    }
    return rows.rows();
  }

  @Override
  public synchronized List<AgentActivity> activity(ActivityQuery query) {
    Instant now = clock.instant();
    ActivitySums sums = new ActivitySums(query);
    for (HeldTrace held : traces.values()) {
      held.runs(assembler).forEach(run -> sums.add(run, run.at(now, silence)));
    }
    return sums.activities();
  }

  @Override
  public synchronized List<ActivitySlice> slices(ActivityQuery query, int count) {
    SliceSums sums = new SliceSums(query, count);
    for (HeldTrace held : traces.values()) {
      held.runs(assembler).forEach(run -> sums.add(run.run()));
    }
    return sums.slices();
  }

  @Override
  public synchronized List<UsedPart> used(ActivityQuery query) {
    PartSums sums = new PartSums(query);
    for (HeldTrace held : traces.values()) {
      held.runs(assembler).forEach(sums::add);
    }
    return sums.parts();
  }

  @Override
  public void close() {}
}
