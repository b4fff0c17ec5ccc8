// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.rollout.Assigned;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.Root;
import dev.steward.gateway.rollout.Arms;
import dev.steward.gateway.shadow.Shadows;
import dev.steward.gateway.strand.Knot;
import dev.steward.gateway.strand.Strand;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.strand.Strands.Asking;
import dev.steward.gateway.strand.Strands.Found;
import dev.steward.gateway.turn.TurnReader;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Request;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds the run that a call belongs to: the one that its agent names, else the trace that it is a
/// part of, else the one that said before what the call repeats.
public final class Places {
  private static final int NAME_MAX = 256;
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}.*");
  private static final String NO_TRACE = "0".repeat(32);

  private final Strands strands;
  private final RandomGenerator random;
  private final RunUsers users;
  private final Arms arms;
  private final Shadows shadows;
  private final Roots roots = new Roots();
  private final Proposals proposals = new Proposals();
  private final Overheard overheard = new Overheard();
  private final Map<String, Found> underWay = new ConcurrentHashMap<>();

  public Places(Strands strands, RandomGenerator random) {
    this(strands, random, new RunUsers(), Arms.inMemory(), Shadows.inMemory());
  }

  /// @param users told for whom runs are
  /// @param arms say which version each gets
  /// @param shadows know which runs are copies
  public Places(
      Strands strands, RandomGenerator random, RunUsers users, Arms arms, Shadows shadows) {
    this.strands = strands;
    this.random = random;
    this.users = users;
    this.arms = arms;
    this.shadows = shadows;
  }

  /// The caller with the version that the place of its call is given.
  public Caller assigned(State state, Caller caller, Place place, Request request) {
    return assigned(state, caller, place, header(request, "x-steward-user"));
  }

  /// The caller of a tool with the version that the place of its call is given, which is asked for
  /// later.
  public Caller assigned(State state, Caller caller, ToolTrail trail) {
    Proposals.Match match =
        proposals.peek(caller, trail.run(), trail.callId(), trail.tool(), trail.arguments());
    return assigned(state, caller, placed(caller, trail, match).place(), trail.user());
  }

  /// The caller of what is asked of an earlier call as a shadow, empty for any other.
  public Optional<Caller> shadow(State state, Caller caller, ToolTrail trail) {
    return shadows.runs().caller(state, caller, placed(caller, trail, null).place());
  }

  /// The caller with the version that a place is given now. What stands alone would be assigned
  /// call by call, so it never is; its user may be.
  ///
  /// @param user for whom the call is, "" where it does not say
  public Caller assigned(State state, Caller caller, Place place, String user) {
    Optional<Caller> shadow = shadows.runs().caller(state, caller, place);
    if (shadow.isPresent()) {
      return shadow.get();
    }
    Assigned who = Assigned.of(place.conversation(), user, place.run());
    if (place.said() || place.parentSpanId() != null || !place.conversation().isEmpty()) {
      Assigned work = Assigned.of(place.conversation(), "", place.run());
      return arms.assigned(state, caller, who, work);
    }
    return user.isEmpty() ? caller : arms.alone(state, caller, who);
  }

  /// The place of a call whose caller and wish are known; `ended` must be told of it.
  public Place of(CallRecord call, Request request, Caller caller, Asked asked) {
    Place place = found(call, request, caller, asked);
    users.says(caller.agent().name(), place.run(), header(request, "x-steward-user"));
    return place;
  }

  private Place found(CallRecord call, Request request, Caller caller, Asked asked) {
    String run = header(request, "x-steward-run");
    Optional<Matcher> parent = parent(request);
    String workflow = workflow(caller, header(request, "x-steward-workflow"));
    String conversation = header(request, "x-steward-conversation");
    String task = header(request, "x-steward-task");
    if (parent.isPresent()) {
      String trace = parent.get().group(1);
      return new Place(
          run.isEmpty() ? trace : run,
          trace,
          parent.get().group(2),
          !run.isEmpty(),
          conversation,
          workflow,
          task,
          null);
    }
    Found found = found(call, request, caller, asked, run, conversation);
    if (found == null) {
      String trace = id(16);
      return new Place(
          run.isEmpty() ? trace : run,
          trace,
          null,
          !run.isEmpty(),
          conversation,
          workflow,
          task,
          null);
    }
    underWay.put(call.id(), found);
    Strand strand = found.strand();
    return new Place(
        run.isEmpty() ? strand.traceId() : run,
        strand.traceId(),
        strand.rootSpanId(),
        !run.isEmpty(),
        conversation.isEmpty() ? strand.conversation() : conversation,
        workflow,
        task,
        found.begun() ? Roots.of(strand, Root.State.OPEN, asked) : null);
  }

  /// The place of a tool call: in the run that its agent names, else in the trace that it is a part
  /// of, else beside the model step that proposed it.
  public ToolPlace of(Caller caller, ToolTrail trail) {
    Proposals.Match match =
        proposals.find(caller, trail.run(), trail.callId(), trail.tool(), trail.arguments());
    ToolPlace placed = placed(caller, trail, match);
    users.says(caller.agent().name(), placed.place().run(), trail.user());
    return placed;
  }

  /// The place of a call of another agent, which no model proposes by a name that we know: in the
  /// run that its agent names, else in the trace that it is a part of, else in one of its own.
  public Place ofAgentCall(Caller caller, ToolTrail trail) {
    Place place = placed(caller, trail, null).place();
    users.says(caller.agent().name(), place.run(), trail.user());
    return place;
  }

  private ToolPlace placed(Caller caller, ToolTrail trail, Proposals.@Nullable Match match) {
    Optional<Matcher> parent = parent(trail.traceparent());
    Place near = match == null ? null : match.place();
    String trace;
    String above;
    if (parent.isPresent()) {
      trace = parent.get().group(1);
      above = parent.get().group(2);
    } else if (!trail.run().isEmpty()) {
      trace = namedTrace(caller, trail.run());
      above = namedRoot(caller, trail.run());
    } else {
      trace = near == null ? id(16) : near.traceId();
      above = near == null ? null : near.parentSpanId();
      above = above == null && match != null ? match.why().spanId() : above;
    }
    boolean beside = near != null && near.traceId().equals(trace);
    boolean said = !trail.run().isEmpty() || (near != null && beside && near.said());
    String workflow =
        trail.workflow().isEmpty() && near != null && beside ? near.workflow() : trail.workflow();
    String run = near != null && beside ? near.run() : trace;
    return new ToolPlace(
        new Place(
            trail.run().isEmpty() ? run : trail.run(),
            trace,
            above,
            said,
            trail.conversation().isEmpty() && near != null && beside
                ? near.conversation()
                : trail.conversation(),
            workflow(caller, workflow),
            trail.task().isEmpty() && near != null && beside ? near.task() : trail.task(),
            null),
        Optional.ofNullable(match).map(Proposals.Match::why));
  }

  /// Learns which tools a model asks for, before its client can call them.
  public void answered(CallRecord call) {
    proposals.learn(call);
    overheard.learn(call);
  }

  /// A trace's id.
  public String traceId() {
    return id(16);
  }

  /// What is known of copies of live calls.
  public Shadows shadows() {
    return shadows;
  }

  /// What models say to agents that tool servers ask.
  public Overheard overheard() {
    return overheard;
  }

  /// Learns how a call ended, and says in its record how its run stands now.
  public void ended(CallRecord call) {
    Found found = underWay.remove(call.id());
    if (found != null) {
      Ended ended = Ended.of(call);
      Knot.Stage stage = strands.ended(found, ended.choices(), ended.links());
      call.root(roots.changed(found.strand(), stage, call.asked()));
    }
  }

  /// A place of its own, for a call that was refused before more was known.
  public Place alone() {
    String trace = id(16);
    return new Place(trace, trace, null, false, "", "", "", null);
  }

  /// A span's id.
  public String spanId() {
    return id(8);
  }

  /// Null for what is no part of a run that could be known.
  private @Nullable Found found(
      CallRecord call,
      Request request,
      Caller caller,
      Asked asked,
      String run,
      String conversation) {
    if (!asked.operation().spends()) {
      return null;
    }
    if (!run.isEmpty()) {
      return strands.named(
          caller.agent().name(), run, () -> named(caller, run, call.startedAt(), asked));
    }
    return asked.operation() == Operation.EMBEDDINGS
        ? null
        : stitched(call, request, caller, asked, conversation);
  }

  private Found stitched(
      CallRecord call, Request request, Caller caller, Asked asked, String conversation) {
    String scope = String.join("\n", caller.agent().name(), caller.environment(), conversation);
    Asking asking =
        new Asking(
            scope, TurnReader.read(asked.messages().orElse("[]")), link(asked), retried(request));
    return strands.ask(asking, part -> begun(part, call.startedAt(), asked));
  }

  private Strand begun(String conversation, Instant at, Asked asked) {
    String trace = id(16);
    return new Strand(
        trace,
        id(8),
        conversation.isEmpty() ? trace : conversation,
        before(at),
        Opening.kept(asked));
  }

  /// The same name gives the same ids, also when it was forgotten.
  private static Strand named(Caller caller, String run, Instant at, Asked asked) {
    return new Strand(
        namedTrace(caller, run), namedRoot(caller, run), "", before(at), Opening.of(asked));
  }

  private static String namedTrace(Caller caller, String run) {
    return "1" + named(caller, run).substring(1, 32);
  }

  private static String namedRoot(Caller caller, String run) {
    return "1" + named(caller, run).substring(33, 48);
  }

  private static String named(Caller caller, String run) {
    return Digest.of("run\n" + caller.agent().name() + "\n" + run).hex();
  }

  /// A run stands before its first call in every list that is sorted by start.
  private static Instant before(Instant at) {
    return at.minusNanos(1_000);
  }

  /// The response or the provider's conversation that it goes on with, "" for none.
  private static String link(Asked asked) {
    if (asked.operation() != Operation.RESPONSES) {
      return "";
    }
    String previous = asked.body().text("previous_response_id");
    return previous.isEmpty() ? conversation(asked) : previous;
  }

  /// The conversation that the provider keeps, "" for none.
  static String conversation(Asked asked) {
    JsonNode conversation = asked.body().read("conversation");
    return conversation.isString()
        ? conversation.stringValue()
        : conversation.path("id").asString("");
  }

  /// Whether the client's library says that it asks again.
  private static boolean retried(Request request) {
    String count = request.header("x-stainless-retry-count").orElse("0");
    return !count.equals("0");
  }

  /// The one that the caller works for, "" where that may be any of several.
  private static String workflow(Caller caller, String said) {
    Set<String> meant = caller.agent().workflowsOf(said);
    return meant.size() == 1 ? meant.iterator().next() : "";
  }

  private static Optional<Matcher> parent(Request request) {
    return request.header("traceparent").flatMap(Places::parent);
  }

  private static Optional<Matcher> parent(String traceparent) {
    return Optional.of(TRACEPARENT.matcher(traceparent))
        .filter(Matcher::matches)
        .filter(m -> !m.group(1).equals(NO_TRACE) && !m.group(2).equals("0".repeat(16)));
  }

  private static String header(Request request, String name) {
    return request.header(name).map(String::strip).filter(v -> v.length() <= NAME_MAX).orElse("");
  }

  private String id(int bytes) {
    byte[] id = new byte[bytes];
    do {
      random.nextBytes(id);
    } while (id[0] == 0);
    return HexFormat.of().formatHex(id);
  }
}
