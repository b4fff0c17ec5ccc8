// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.asking.AnswerShape;
import dev.steward.gateway.asking.Elicitations;
import dev.steward.gateway.asking.OpenQuestions;
import dev.steward.gateway.asking.Sampling;
import dev.steward.gateway.asking.Sampling.Sampled;
import dev.steward.gateway.asking.TakenQuestion;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Kept;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings what a modern server requires of its client on the way of tool calls, and what the client
/// brings back for it: a call is passed on with all that its server asks or not at all.
public final class InputStep implements AutoCloseable {
  private static final String REQUESTS = "inputRequests";
  private static final String STATE = "requestState";
  private static final String RESPONSES = "inputResponses";

  /// Of a question that only its answer tells.
  private static final Digest GUESSED = Digest.of("");

  private final ToolCalls calls;
  private final Sampling sampling;
  private final Elicitations elicitations;
  private final OpenQuestions open;

  public InputStep(
      ToolCalls calls, Sampling sampling, Elicitations elicitations, Reminders reminders) {
    this.calls = calls;
    this.sampling = sampling;
    this.elicitations = elicitations;
    this.open = new OpenQuestions(reminders);
  }

  /// @throws RpcException for answers that are none, which nobody could judge
  static void check(RpcMessage request) {
    Optional<String> wrong = AnswerShape.wrong(request.params().path(RESPONSES));
    if (wrong.isPresent()) {
      throw new RpcException(RpcError.invalidParams(wrong.get()));
    }
  }

  /// Looks through what a server requires before it goes on.
  ///
  /// @param origin of the request
  /// @param request as the server got it
  /// @param result of it, whose questions the client is to answer; they are changed to what it may
  ///   be asked
  /// @throws RefusedException DENIED, BUDGET where one of them may not be asked: then none is
  void required(
      Client client,
      ToolOrigin origin,
      ToolSend.Sending sending,
      ToolServer server,
      RpcMessage request,
      ObjectNode result) {
    Asking asking = new Asking(client, origin, sending, server);
    Map<Kept.Key, TakenQuestion> fresh = new LinkedHashMap<>();
    boolean passed = false;
    try {
      String call = call(origin, request, result.path(STATE));
      for (Map.Entry<String, JsonNode> each : result.path(REQUESTS).properties()) {
        RpcMessage question = question(server, each.getValue());
        Kept.Key key = key(client, server, call, each.getKey());
        Digest said = Digest.of(question.json().toString());
        TakenQuestion taken = open.look(key).filter(kept -> kept.said().equals(said)).orElse(null);
        if (taken == null) {
          taken = judged(asking, question, said);
          fresh.put(key, taken);
        }
        // Asked anew as it was: judged already, and put as it was put then.
        ((ObjectNode) each.getValue()).set("params", taken.asked());
      }
      passed = true;
    } finally {
      for (Map.Entry<Kept.Key, TakenQuestion> each : fresh.entrySet()) {
        if (passed) {
          open.keep(each.getKey(), each.getValue());
        } else {
          each.getValue().unasked();
        }
      }
    }
  }

  /// Who asks whom, in which call.
  private record Asking(
      Client client, ToolOrigin origin, ToolSend.Sending sending, ToolServer server) {
    ToolAsked asked(RpcMessage question) {
      return AskStep.asked(client, origin.within(sending), server, question);
    }
  }

  private TakenQuestion judged(Asking asking, RpcMessage question, Digest said) {
    String server = asking.server().name();
    List<TakenQuestion> taken = new ArrayList<>();
    ToolSend put =
        sending -> {
          // Who approved it may have changed it.
          ObjectNode asked = sending.arguments().deepCopy();
          AskStep.require(elicitations, asking.server(), question.method(), asked);
          Optional<Sampled> sampled =
              question.method().equals(AskStep.SAMPLING)
                  ? Optional.of(sampling.ask(sending.caller(), sending.place(), server, asked))
                  : Optional.empty();
          taken.add(new TakenQuestion(question.method(), said, asked, sampled, sending.approval()));
          return RpcJson.object();
        };
    try {
      passed(calls.call(asking.asked(question), put), server);
      return taken.getFirst();
    } catch (RefusedException e) {
      taken.forEach(TakenQuestion::unasked);
      throw e;
    }
  }

  /// @throws RefusedException DENIED for what no client could answer
  private static RpcMessage question(ToolServer server, JsonNode asked) {
    String method = asked.path("method").asString("");
    if (!AskStep.governs(method)) {
      throw denied(server.name() + " asks its client something that the protocol does not know.");
    }
    return question(method, RpcJson.child(asked, "params"));
  }

  private static RpcMessage question(String method, ObjectNode params) {
    ObjectNode json = RpcJson.object();
    json.put("method", method);
    json.set("params", params);
    return new RpcMessage(json);
  }

  /// Answers that a client has brought for a server.
  final class Given {
    private final List<Kept.Key> keys = new ArrayList<>();
    private final boolean toTask;

    private Given(boolean toTask) {
      this.toTask = toTask;
    }

    /// The server has answered, so that it has them. A task may tell the same question a while
    /// longer; no second one has its name.
    void arrived() {
      if (!toTask) {
        keys.forEach(open::take);
      }
    }
  }

  /// Takes in what a client answers to the questions that it took away. They stay until the server
  /// has the answers: a client that must send them again is asked for nothing and charged nothing
  /// more.
  ///
  /// @param origin of the request
  /// @param request to be sent; what policy hides of the answers is taken out of it
  /// @throws RefusedException where they may not be answered any more
  /// @throws ToolServerException where they do not answer what was asked
  Given given(
      Client client,
      ToolOrigin origin,
      ToolSend.Sending sending,
      ToolServer server,
      RpcMessage request)
      throws ToolServerException {
    Asking asking = new Asking(client, origin, sending, server);
    Given given = new Given(ofTask(request));
    if (!(request.params().path(RESPONSES) instanceof ObjectNode responses)) {
      return given;
    }
    String call = call(origin, request, request.params().path(STATE));
    for (String name : List.copyOf(responses.propertyNames())) {
      ObjectNode answer = RpcJson.child(responses, name);
      Kept.Key key = key(client, server, call, name);
      Optional<TakenQuestion> taken =
          open.look(key)
              .filter(known -> !known.said().equals(GUESSED) || known.isAnsweredBy(answer));
      if (taken.isEmpty()) {
        taken = unknown(asking, answer);
        taken.ifPresent(question -> open.keep(key, question));
      }
      if (taken.isPresent()) {
        fits(name, taken.get(), answer);
        given.keys.add(key);
        responses.set(name, given(asking, taken.get(), answer));
      }
    }
    return given;
  }

  private static void fits(String name, TakenQuestion taken, ObjectNode answer)
      throws ToolServerException {
    if (!taken.isAnsweredBy(answer)) {
      RpcError error =
          RpcError.invalidParams(
              "inputResponses." + name + " is no answer to " + taken.method() + ".");
      throw new ToolServerException(new Reason.Refused(error.json(), error.message()));
    }
  }

  private ObjectNode given(Asking asking, TakenQuestion taken, ObjectNode answer) {
    ToolSend.Sending sending = asking.sending();
    String server = asking.server().name();
    // Whatever is decided now, the client's model has worked.
    taken.charge(
        answer, () -> sampling.ask(sending.caller(), sending.place(), server, taken.asked()));
    ToolAsked asked =
        asking.asked(question(taken.method(), taken.asked())).agreed(taken.approval());
    ToolSend bring =
        bringing -> {
          if (!bringing.arguments().equals(asked.arguments())) {
            throw new ToolServerException(
                new Reason.NotSent(
                    "Who approved it changed the question, and that was answered already: make the"
                        + " call anew."));
          }
          return answer.deepCopy();
        };
    return passed(calls.call(asked, bring), server);
  }

  /// A question that is not known any more, as far as its answer tells what it was; empty where it
  /// was none.
  private Optional<TakenQuestion> unknown(Asking asking, ObjectNode answer) {
    return AnswerShape.of(answer)
        .map(shape -> {
          ToolSend.Sending sending = asking.sending();
          Optional<Sampled> sampled =
              shape == AnswerShape.SAMPLING
                  ? Optional.of(
                      sampling.ask(
                          sending.caller(),
                          sending.place(),
                          asking.server().name(),
                          RpcJson.object()))
                  : Optional.empty();
          return new TakenQuestion(shape.method(), GUESSED, RpcJson.object(), sampled, "");
        });
  }

  private static ObjectNode passed(ToolEnding ending, String server) {
    return switch (ending) {
      case ToolEnding.Answered answered -> answered.result();
      case ToolEnding.Begun begun -> begun.result();
      case ToolEnding.Refused refused -> throw denied(refused.text());
      case ToolEnding.NoSuchTool _ ->
          throw denied(server + " asks something of its client that no policy allows it to ask.");
      case ToolEnding.Pending pending -> throw denied(pending.text());
      case ToolEnding.Failed failed -> throw denied(failed.error().path("message").asString(""));
      case ToolEnding.Unreached unreached -> throw denied(unreached.text());
    };
  }

  private static RefusedException denied(String why) {
    return new RefusedException(Refusal.of(Refusal.Kind.DENIED, why));
  }

  private static boolean ofTask(RpcMessage request) {
    return request.method().startsWith("tasks/");
  }

  /// What a question belongs to: a task, which is of one call, or the call itself with its run, so
  /// that no other's equal question can be answered in its place.
  private static String call(ToolOrigin origin, RpcMessage request, JsonNode state) {
    if (ofTask(request)) {
      return request.param("taskId");
    }
    ObjectNode asked = request.params().deepCopy();
    asked.remove(List.of("_meta", STATE, RESPONSES));
    return Digest.of(
            String.join(
                "\n",
                origin.said(),
                request.method(),
                state.asString(""),
                CanonicalJson.text(asked)))
        .hex();
  }

  private static Kept.Key key(Client client, ToolServer server, String call, String question) {
    return new Kept.Key(client.owner(), String.join("\n", server.name(), call, question));
  }

  @Override
  public void close() {
    open.close();
  }
}
