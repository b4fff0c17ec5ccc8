// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approval;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// What the ledger says of all releases. It never changes; the next one is another. The open ones
/// are kept, the newest of those that ended, and every version that was in force somewhere.
public final class Releases {
  public static final Releases NONE =
      new Releases(
          TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

  private static final int KEPT_MAX = 5_000;
  private static final int PLACEMENTS_MAX = 500;
  private static final int REPORTS_MAX = 500;

  private final TreePMap<String, ReleaseRecord> byId;
  private final TreePMap<String, TreePVector<Placement>> placements;
  private final TreePMap<String, TreePVector<CheckReport>> reports;

  /// Ids of those beside whose version another one is at work now, by agent and environment: every
  /// call asks for them.
  private final TreePMap<String, String> apart;

  /// Ids of those that gave a version work last, by agent, environment and version.
  private final TreePMap<String, String> latest;

  private Releases(
      TreePMap<String, ReleaseRecord> byId,
      TreePMap<String, TreePVector<Placement>> placements,
      TreePMap<String, TreePVector<CheckReport>> reports,
      TreePMap<String, String> apart,
      TreePMap<String, String> latest) {
    this.byId = byId;
    this.placements = placements;
    this.reports = reports;
    this.apart = apart;
    this.latest = latest;
  }

  /// All of it as lists, for a snapshot.
  public record Rows(
      List<ReleaseRecord> releases, List<Placement> placements, List<CheckReport> reports) {}

  public Rows rows() {
    List<Placement> placed = new ArrayList<>();
    placements.values().forEach(placed::addAll);
    List<CheckReport> told = new ArrayList<>();
    reports.values().forEach(told::addAll);
    return new Rows(List.copyOf(byId.values()), placed, told);
  }

  public static Releases of(Rows rows) {
    Releases read = NONE;
    for (ReleaseRecord release : rows.releases()) {
      read = read.with(release);
    }
    for (Placement placement : rows.placements()) {
      read = read.placed(placement);
    }
    for (CheckReport report : rows.reports()) {
      read = read.reported(report);
    }
    return read;
  }

  public Optional<ReleaseRecord> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// Those kept, by id and so the oldest first.
  public List<ReleaseRecord> all() {
    return List.copyOf(byId.values());
  }

  /// Those that go on by themselves once what they wait for is there.
  public List<ReleaseRecord> waiting() {
    return byId.values().stream().filter(release -> release.state().waits()).toList();
  }

  /// The one that is on its way into the agent's environment, empty when none is.
  public Optional<ReleaseRecord> open(String agent, String environment) {
    for (ReleaseRecord each : byId.values()) {
      if (each.state().open()
          && each.release().agent().equals(agent)
          && each.release().to().equals(environment)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// The one that is tried on a share of the agent's conversations there, empty when none is.
  public Optional<ReleaseRecord> tried(String agent, String environment) {
    return apart(agent, environment).filter(record -> record.rollout() != null);
  }

  /// The one beside whose version another one is at work there: it is tried, or one can switch.
  public Optional<ReleaseRecord> apart(String agent, String environment) {
    return beside(agent, environment).filter(record -> record.control().isPresent());
  }

  /// The one whose version gets copies of the agent's live calls there.
  public Optional<ReleaseRecord> shadowed(String agent, String environment) {
    return beside(agent, environment).filter(ReleaseRecord::shadows);
  }

  /// The one by which a version is a shadow there, also when its copies have ended: nothing else
  /// gave it work since, and it is not in force.
  public Optional<ReleaseRecord> shadow(String agent, String environment, Digest version) {
    Optional<ReleaseRecord> copied =
        shadowed(agent, environment).filter(record -> record.release().version().equals(version));
    boolean inForce =
        placed(agent, environment).filter(last -> last.version().equals(version)).isPresent();
    return copied.isPresent() || inForce
        ? copied
        : Optional.ofNullable(latest.get(key(agent, environment, version)))
            .flatMap(this::find)
            .filter(record -> record.shadowing() != null && !record.promoted());
  }

  /// Whether an open release runs the version there: it is tried, stands by, gets copies, or is the
  /// one beside which another one does.
  public boolean onTrial(String agent, String environment, Digest version) {
    return beside(agent, environment)
        .filter(record ->
            record.release().version().equals(version)
                || record.control().filter(version::equals).isPresent())
        .isPresent();
  }

  private Optional<ReleaseRecord> beside(String agent, String environment) {
    return apart.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(apart.get(key(agent, environment))).flatMap(this::find);
  }

  /// All beside whose version another one is at work now.
  public List<ReleaseRecord> apart() {
    List<ReleaseRecord> all = new ArrayList<>();
    for (String id : apart.values()) {
      find(id).ifPresent(all::add);
    }
    return all;
  }

  /// The one whose version is in force there and proposes what has effects, empty where the version
  /// acts by itself.
  public Optional<ReleaseRecord> copilot(String agent, String environment) {
    List<Placement> all = placements(agent, environment);
    return all.isEmpty()
        ? Optional.empty()
        : find(all.getLast().release()).filter(ReleaseRecord::copilot);
  }

  /// Whether a version was in force there and only proposed.
  public boolean onlyProposed(Placement placement) {
    return find(placement.release()).filter(release -> !release.acted()).isPresent();
  }

  /// Those that are tried on a share of the conversations now.
  public List<ReleaseRecord> trials() {
    return apart().stream().filter(record -> record.rollout() != null).toList();
  }

  /// The versions that were in force there, each once, the last one to come last.
  public List<Placement> placements(String agent, String environment) {
    return placements.getOrDefault(key(agent, environment), TreePVector.empty());
  }

  /// What was put in force there last.
  public Optional<Placement> placed(String agent, String environment) {
    List<Placement> all = placements(agent, environment);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// The newest report of the check for the version.
  public Optional<CheckReport> report(String agent, Digest version, String check) {
    for (CheckReport report : reports.getOrDefault(agent, TreePVector.empty()).reversed()) {
      if (report.version().equals(version) && report.check().equals(check)) {
        return Optional.of(report);
      }
    }
    return Optional.empty();
  }

  public Releases started(ReleaseRecord release) {
    return with(release);
  }

  /// @param pins digest of what it pins from now on
  public Releases moved(String id, Move move, Digest pins) {
    return find(id).map(release -> with(release.moved(move, pins))).orElse(this);
  }

  public Releases agreed(String id, Agreement agreement) {
    return find(id).map(release -> with(release.agreed(agreement))).orElse(this);
  }

  /// It is tried from now on.
  ///
  /// @param control version that all others get
  public Releases begun(String id, Digest control, BigDecimal weight, Instant at) {
    return find(id)
        .map(release -> with(release.tried(Rollout.begun(control, weight, at))))
        .orElse(this);
  }

  /// Its version is in force from now on, and proposes.
  public Releases proposing(String id, Instant at, Actor by) {
    ReleaseRecord release = byId.get(id);
    if (release == null) {
      return this;
    }
    return with(release.proposing(at)).placed(placement(release, at, by));
  }

  /// An approval that a version proposed stands otherwise than before.
  public Releases counted(Approval before, Approval after) {
    ReleaseRecord release = byId.get(Proposing.release(after).orElse(""));
    Proposing counts = release == null ? null : release.proposing();
    return release == null || counts == null
        ? this
        : with(release.proposing(counts.counted(before, after)));
  }

  /// Its version stands by from now on.
  ///
  /// @param control version that stays in force
  public Releases paired(String id, Digest control, Instant at) {
    return find(id).map(release -> with(release.paired(Pair.begun(control, at)))).orElse(this);
  }

  /// Its version gets copies of live calls from now on.
  public Releases shadowing(String id, Instant at) {
    return find(id).map(release -> with(release.shadowing(at))).orElse(this);
  }

  /// More came of the copies.
  public Releases compared(String id, Map<String, BigDecimal> more) {
    ReleaseRecord release = byId.get(id);
    Shadowing told = release == null ? null : release.shadowing();
    return release == null || told == null ? this : with(release.shadowing(told.plus(more)));
  }

  /// One of its two versions is in force from now on.
  public Releases switched(String id, Digest version, boolean cut, Instant at, Actor by) {
    ReleaseRecord release = byId.get(id);
    Pair pair = release == null ? null : release.pair();
    if (release == null || pair == null) {
      return this;
    }
    Release brought = release.release();
    boolean candidate = version.equals(brought.version());
    Releases next = with(release.paired(pair.with(new Pair.Switch(at, candidate, cut))));
    return candidate
        ? next.placed(placement(release, at, by))
        : next.rolledBack(brought.agent(), brought.to(), version, at, by);
  }

  private static Placement placement(ReleaseRecord release, Instant at, Actor by) {
    Release brought = release.release();
    return new Placement(
        brought.agent(),
        brought.to(),
        brought.version(),
        brought.id(),
        release.pins(),
        at,
        by,
        false);
  }

  public Releases weighed(String id, BigDecimal weight, Instant at) {
    ReleaseRecord release = byId.get(id);
    Rollout rollout = release == null ? null : release.rollout();
    return release == null || rollout == null
        ? this
        : with(release.tried(rollout.weighed(weight, at)));
  }

  public Releases judged(String id, Rollout.Judgement judgement) {
    ReleaseRecord release = byId.get(id);
    Rollout rollout = release == null ? null : release.rollout();
    return release == null || rollout == null
        ? this
        : with(release.tried(rollout.judged(judgement)));
  }

  public Releases judged(String id, JudgedGate gate) {
    return find(id).map(release -> with(release.judged(gate))).orElse(this);
  }

  /// A version is in force; where it was before, that one goes.
  public Releases placed(Placement placement) {
    String key = key(placement.agent(), placement.environment());
    List<Placement> all = new ArrayList<>(placements(placement.agent(), placement.environment()));
    all.removeIf(earlier -> earlier.version().equals(placement.version()));
    all.add(placement);
    if (all.size() > PLACEMENTS_MAX) {
      all.removeFirst();
    }
    return new Releases(byId, placements.plus(key, TreePVector.from(all)), reports, apart, latest);
  }

  /// The version comes back, and the one that was in force is withdrawn.
  public Releases rolledBack(
      String agent, String environment, Digest version, Instant at, Actor by) {
    List<Placement> all = new ArrayList<>();
    Placement back = null;
    List<Placement> before = placements(agent, environment);
    if (before.isEmpty() || before.getLast().version().equals(version)) {
      return this;
    }
    for (Placement placement : before) {
      if (placement.version().equals(version)) {
        back = placement.again(at, by);
      } else {
        all.add(placement.equals(before.getLast()) ? placement.withdraw() : placement);
      }
    }
    if (back != null) {
      all.add(back);
    }
    return new Releases(
        byId,
        placements.plus(key(agent, environment), TreePVector.from(all)),
        reports,
        apart,
        latest);
  }

  public Releases reported(CheckReport report) {
    List<CheckReport> all =
        new ArrayList<>(reports.getOrDefault(report.agent(), TreePVector.empty()));
    all.removeIf(earlier ->
        earlier.version().equals(report.version()) && earlier.check().equals(report.check()));
    all.add(report);
    if (all.size() > REPORTS_MAX) {
      all.removeFirst();
    }
    return new Releases(
        byId, placements, reports.plus(report.agent(), TreePVector.from(all)), apart, latest);
  }

  /// The agent is deleted: nothing of it is in force any more.
  public Releases without(String agent) {
    TreePMap<String, TreePVector<Placement>> left = placements;
    for (Map.Entry<String, TreePVector<Placement>> placed : placements.entrySet()) {
      if (placed.getValue().getFirst().agent().equals(agent)) {
        left = left.minus(placed.getKey());
      }
    }
    return new Releases(byId, left, reports.minus(agent), apart, latest);
  }

  private Releases with(ReleaseRecord release) {
    TreePMap<String, ReleaseRecord> next = byId.plus(release.release().id(), release);
    TreePMap<String, String> last = latest(release);
    if (next.size() > KEPT_MAX) {
      for (ReleaseRecord each : next.values()) {
        ReleaseState state = each.state();
        if (!state.open()) {
          String id = each.release().id();
          next = next.minus(id);
          last = id.equals(last.get(key(each))) ? last.minus(key(each)) : last;
          break;
        }
      }
    }
    return new Releases(next, placements, reports, apart(release), last);
  }

  private TreePMap<String, String> latest(ReleaseRecord changed) {
    String key = key(changed);
    boolean newer =
        Optional.ofNullable(latest.get(key))
            .flatMap(this::find)
            .filter(last -> last.start().at().isAfter(changed.start().at()))
            .isEmpty();
    return newer && (changed.begun() || changed.promoted())
        ? latest.plus(key, changed.release().id())
        : latest;
  }

  private TreePMap<String, String> apart(ReleaseRecord changed) {
    String key = key(changed.release().agent(), changed.release().to());
    String id = changed.release().id();
    boolean beside = changed.control().isPresent() || changed.shadowing() != null;
    if (beside && changed.state().open()) {
      return apart.plus(key, id);
    }
    return id.equals(apart.get(key)) ? apart.minus(key) : apart;
  }

  private static String key(String agent, String environment) {
    return agent + "\n" + environment;
  }

  private static String key(ReleaseRecord record) {
    Release release = record.release();
    return key(release.agent(), release.to(), release.version());
  }

  private static String key(String agent, String environment, Digest version) {
    return key(agent, environment) + "\n" + version.hex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Releases releases
        && byId.equals(releases.byId)
        && placements.equals(releases.placements)
        && reports.equals(releases.reports);
  }

  @Override
  public int hashCode() {
    return Objects.hash(byId.keySet(), placements.keySet());
  }

  @Override
  public String toString() {
    return byId.keySet() + " " + placements;
  }
}
