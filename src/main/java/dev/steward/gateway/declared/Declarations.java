// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.control.live.UndeclaredChanges;
import dev.steward.control.prompt.Prompt;
import dev.steward.control.prompt.Prompts;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.diary.Diary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sees to it that what runs is what was declared: it places the system prompt where the version
/// enforces it, and notes it where the process sends another, other parameters, or tools that the
/// version does not list.
public final class Declarations {
  /// Differences that are remembered.
  public static final int CHANGES_MAX = 1_000;

  private static final int VERSIONS_MAX = 256;

  private final Map<Digest, Prompts> prompts = new ConcurrentHashMap<>();
  private final Map<Digest, List<Parameters>> parameters = new ConcurrentHashMap<>();
  private final Undeclared seen;

  /// @param diary of what was seen to differ
  public Declarations(Diary diary) {
    seen = new Undeclared(diary);
  }

  /// What was seen to differ.
  public UndeclaredChanges changes() {
    return seen;
  }

  /// What is asked in the end: the same, or with the prompt that the version enforces.
  ///
  /// @param record of the call, told where something differs
  /// @throws RefusedException DENIED where an enforced prompt cannot be placed
  public Asked of(State state, Caller caller, Place place, Asked asked, CallRecord record) {
    if (asked.operation().spends()) {
      for (String tool : new WireTools(state, caller.version()).unlisted(asked)) {
        String what = "the tool " + tool;
        saw(caller, place, "tools", what, record);
        record.undeclared("offered the model " + what + ", which is not listed", "");
      }
    }
    return prompted(caller, place, asked, record);
  }

  private Asked prompted(Caller caller, Place place, Asked asked, CallRecord record) {
    Prompts declared = declared(caller.version());
    SystemText text = SystemText.of(asked);
    if (declared.system().isEmpty() || text.form().isEmpty()) {
      return asked;
    }
    if (declared.enforced()) {
      return enforced(caller, declared.system().get(), text);
    }
    if (text.works()) {
      text.sent()
          .filter(sent -> !declared.declares(sent))
          .ifPresent(sent -> note(caller, place, declared.system().get(), sent, record));
    }
    return asked;
  }

  private static Asked enforced(Caller caller, Prompt system, SystemText text) {
    Asked asked = text.asked();
    Optional<Map<String, String>> placing = text.placing(system.text());
    if (placing.isEmpty()) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "Version "
                  + caller.version().shortName()
                  + " of "
                  + caller.agent().name()
                  + " enforces its system prompt, and this request has no place for it (a stored"
                  + " prompt, cached content, or a form of its own): send it without, or release a"
                  + " version whose prompts.system.mode is compare."));
    }
    return asked.with(asked.body().with(placing.get()));
  }

  /// What is asked of the model that was chosen: the same, or with the parameters that the version
  /// enforces.
  ///
  /// @param record of the call, told where something differs
  /// @throws RefusedException DENIED where enforced parameters cannot be placed
  public Asked with(ModelUse use, Caller caller, Place place, Asked asked, CallRecord record) {
    Parameters declared = parameters(caller.version(), use);
    if (declared.isEmpty() || !asked.operation().spends()) {
      return asked;
    }
    if (declared.enforced()) {
      return asked.with(asked.body().with(placed(declared, use, caller, asked)));
    }
    for (Parameters.Difference each : declared.differences(asked)) {
      saw(caller, place, "models", "another " + each.name() + " for " + use.use(), record);
      record.undeclared(
          "asked "
              + use.model()
              + " with another "
              + each.name()
              + " than version "
              + caller.version().shortName()
              + " declares",
          each.words());
    }
    return asked;
  }

  private static Map<String, String> placed(
      Parameters declared, ModelUse use, Caller caller, Asked asked) {
    return declared
        .placing(asked)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    Refusal.Kind.DENIED,
                    "Version "
                        + caller.version().shortName()
                        + " of "
                        + caller.agent().name()
                        + " enforces the parameters of "
                        + use.use()
                        + ", and this request has no place for them (a form of its own): send it"
                        + " in another form, or release a version whose models say mode:"
                        + " compare.")));
  }

  private void note(Caller caller, Place place, Prompt system, String sent, CallRecord record) {
    String version = caller.version().shortName();
    String what = sent.isBlank() ? "no system prompt" : "another system prompt";
    saw(caller, place, "prompts", what, record);
    record.undeclared(
        "sent " + what + ", not the one that version " + version + " declares",
        FirstDifference.of(system.text(), sent));
  }

  private void saw(Caller caller, Place place, String part, String what, CallRecord record) {
    seen.saw(
        caller.agent().name(),
        caller.environment(),
        caller.version().shortName(),
        part,
        what,
        record.startedAt(),
        place.run());
  }

  private Parameters parameters(AgentVersion version, ModelUse use) {
    List<Parameters> known = parameters.get(version.digest());
    if (known == null) {
      if (parameters.size() >= VERSIONS_MAX) {
        parameters.clear();
      }
      known = Parameters.of(version);
      parameters.put(version.digest(), known);
    }
    int place = version.models().indexOf(use);
    return place < 0 || place >= known.size() ? Parameters.NONE : known.get(place);
  }

  private Prompts declared(AgentVersion version) {
    Prompts known = prompts.get(version.digest());
    if (known == null) {
      if (prompts.size() >= VERSIONS_MAX) {
        prompts.clear();
      }
      known = Prompts.of(version);
      prompts.put(version.digest(), known);
    }
    return known;
  }
}
