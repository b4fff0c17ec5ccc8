// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import dev.steward.domain.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// What the ledger says of all approvals. It never changes; the next one is another. All open ones
/// are kept and the newest of those that ended; what is older stands in the ledger.
public final class Approvals {
  public static final Approvals NONE =
      new Approvals(TreePMap.empty(), HashTreePMap.empty(), TreePMap.empty(), TreePSet.empty());

  private static final int ENDED_MAX = 5_000;

  private final TreePMap<String, Approval> byId;
  private final HashPMap<Digest, String> byCall;
  private final TreePMap<Due, String> open;
  private final TreePSet<String> ended;

  private Approvals(
      TreePMap<String, Approval> byId,
      HashPMap<Digest, String> byCall,
      TreePMap<Due, String> open,
      TreePSet<String> ended) {
    this.byId = byId;
    this.byCall = byCall;
    this.open = open;
    this.ended = ended;
  }

  private record Due(Instant at, String id) implements Comparable<Due> {
    static Due of(Approval approval) {
      return new Due(approval.expiresAt(), approval.id());
    }

    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? id.compareTo(other.id) : byTime;
    }
  }

  public static Approvals of(List<Approval> rows) {
    Approvals approvals = NONE;
    for (Approval row : rows) {
      approvals = approvals.with(row);
    }
    return approvals;
  }

  public Optional<Approval> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The newest approval of exactly this call, asked for by the same version with the same key.
  public Optional<Approval> of(BoundCall call, Question asked) {
    return Optional.ofNullable(byCall.get(call.digest(asked))).flatMap(this::find);
  }

  /// The newest one of this call that another version or another key asked for and that stands.
  public Optional<Approval> ofAnother(BoundCall call, Question asked, Instant now) {
    Approval found = null;
    for (Approval each : byId.values()) {
      if (each.call().equals(call) && !each.question().sameAsker(asked) && each.answers(now)) {
        found = each;
      }
    }
    return Optional.ofNullable(found);
  }

  /// Those kept, by id and so the oldest first.
  public Collection<Approval> all() {
    return byId.values();
  }

  /// The open ones, those too whose expiry is not on record yet, the first due first.
  public List<Approval> open() {
    List<Approval> found = new ArrayList<>();
    for (String id : open.values()) {
      find(id).ifPresent(found::add);
    }
    return found;
  }

  /// How many are open, those too whose expiry is not on record yet.
  public int openCount() {
    return open.size();
  }

  /// The open ones whose time is over, the first due first.
  public List<Approval> due(Instant now, int max) {
    List<Approval> due = new ArrayList<>();
    for (Map.Entry<Due, String> next : open.entrySet()) {
      if (due.size() >= max || next.getKey().at().isAfter(now)) {
        break;
      }
      find(next.getValue()).ifPresent(due::add);
    }
    return due;
  }

  /// When the next one expires, empty when none is open.
  public Optional<Instant> nextDue() {
    return open.isEmpty() ? Optional.empty() : Optional.of(open.firstEntry().getKey().at());
  }

  public Approvals requested(Approval approval) {
    return with(approval);
  }

  /// An answer that comes at the expiry or later, or to what is not open, changes nothing.
  public Approvals answered(String id, Answer answer, Status next) {
    return changed(id, answer.at(), approval -> approval.answered(answer, next));
  }

  /// A second use changes nothing, nor one of what people did not agree to or that has expired.
  public Approvals used(String id, Instant at) {
    return changed(id, at, a -> a.status() == Status.APPROVED ? a.now(Status.USED, at) : a);
  }

  public Approvals expired(String id) {
    Approval approval = byId.get(id);
    return approval == null || !approval.status().open()
        ? this
        : with(approval.now(Status.EXPIRED, approval.expiresAt()));
  }

  private interface Turn {
    Approval of(Approval approval);
  }

  private Approvals changed(String id, Instant at, Turn turn) {
    Approval approval = byId.get(id);
    return approval == null || !approval.status(at).open() ? this : with(turn.of(approval));
  }

  private Approvals with(Approval approval) {
    String id = approval.id();
    TreePMap<String, Approval> ids = byId.plus(id, approval);
    HashPMap<Digest, String> calls = byCall;
    Digest call = approval.call().digest(approval.question());
    Approval newest = byId.get(calls.getOrDefault(call, ""));
    if (newest == null || !approval.at().isBefore(newest.at())) {
      calls = calls.plus(call, id);
    }
    TreePMap<Due, String> due = open;
    TreePSet<String> over = ended;
    if (approval.status().open()) {
      due = due.plus(Due.of(approval), id);
    } else {
      due = due.minus(Due.of(approval));
      over = over.plus(id);
    }
    Approvals next = new Approvals(ids, calls, due, over);
    return over.size() > ENDED_MAX ? next.without(over.first()) : next;
  }

  private Approvals without(String id) {
    Approval gone = byId.get(id);
    HashPMap<Digest, String> calls = byCall;
    if (gone != null) {
      Digest call = gone.call().digest(gone.question());
      calls = id.equals(calls.get(call)) ? calls.minus(call) : calls;
    }
    return new Approvals(byId.minus(id), calls, open, ended.minus(id));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Approvals all && byId.equals(all.byId));
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return "Approvals" + byId.values();
  }
}
