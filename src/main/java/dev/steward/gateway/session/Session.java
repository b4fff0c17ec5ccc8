// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One legacy client's session: its connections to servers, what it was asked and has not answered,
/// what it asked and was not answered, and its streams.
public final class Session {
  private static final int STREAMS_MAX = 64;
  private static final int QUESTIONS_MAX = 1_000;

  /// The stream that belongs to no request.
  public static final String UNASKED = "0";

  private final String id;
  private final String owner;
  private final String path;
  private final RpcMessage greeting;
  private final String version;
  private final AtomicLong kept;
  private final ToldLists told = new ToldLists();
  private final Map<String, Connected> connections = new HashMap<>();
  private final Map<JsonNode, Question> questions = new LinkedHashMap<>();
  private final Map<JsonNode, Reply> replies = new HashMap<>();
  private final LinkedHashMap<String, EventStream> streams = new LinkedHashMap<>();
  private long streamsBegun;
  private long questionsAsked;
  private @Nullable Cuttable listening;
  private volatile String level = "";
  private volatile long usedNanos;

  /// @param greeting the client's `initialize`
  /// @param version that both sides speak
  /// @param kept characters that the streams of all sessions keep
  public Session(
      String id,
      String owner,
      String path,
      RpcMessage greeting,
      String version,
      AtomicLong kept,
      long nowNanos) {
    this.id = id;
    this.owner = owner;
    this.path = path;
    this.greeting = greeting;
    this.version = version;
    this.kept = kept;
    this.usedNanos = nowNanos;
  }

  /// Something that a server asked the client.
  ///
  /// @param original the id that the server gave it
  /// @param sent as the client gets it
  /// @param answer the client's response, put there once
  public record Question(
      ToolServer server, JsonNode original, ObjectNode sent, BlockingQueue<RpcMessage> answer) {
    /// Answers it in the client's place.
    void giveUp(String why) {
      RpcError error = RpcError.of(RpcError.INTERNAL, 200, why);
      answer.offer(new RpcMessage(RpcMessage.error(original, error.json())));
    }
  }

  public String id() {
    return id;
  }

  /// Whether it is that client's, at that place.
  public boolean belongs(Client client) {
    return owner.equals(client.owner()) && path.equals(client.destination().path());
  }

  /// What its client was told of its lists.
  public ToldLists told() {
    return told;
  }

  /// From which level on the client wants to hear what its servers log, "" where it did not say.
  public String level() {
    return level;
  }

  public void level(String from) {
    level = from;
  }

  public RpcMessage greeting() {
    return greeting;
  }

  /// Whether its client knows events without data.
  public boolean primed() {
    return version.compareTo("2025-11-25") >= 0;
  }

  public void used(long nowNanos) {
    usedNanos = nowNanos;
  }

  public long usedNanos() {
    return usedNanos;
  }

  /// A connection as its server was reached when it was made.
  private record Connected(ToolServer server, ToolConnection connection) {
    boolean leads(ToolServer to) {
      return server.url().equals(to.url()) && server.credential().equals(to.credential());
    }
  }

  /// The connection with a server; one that led elsewhere, before the server was declared anew, is
  /// none.
  public Optional<ToolConnection> connection(ToolServer server) {
    Connected known;
    synchronized (this) {
      known = connections.get(server.name());
      if (known == null || known.leads(server)) {
        return Optional.ofNullable(known).map(Connected::connection);
      }
      connections.remove(server.name());
    }
    known.connection().close();
    return Optional.empty();
  }

  /// Keeps a connection.
  ///
  /// @return the one that was there before, to be used in its place, else empty
  public synchronized Optional<ToolConnection> keep(ToolServer server, ToolConnection connection) {
    Connected before = connections.putIfAbsent(server.name(), new Connected(server, connection));
    return Optional.ofNullable(before).map(Connected::connection);
  }

  public synchronized List<ToolConnection> connections() {
    List<ToolConnection> all = new ArrayList<>();
    connections.values().forEach(each -> all.add(each.connection()));
    return all;
  }

  /// Remembers what a server asks, and gives it the id by which the client will answer.
  ///
  /// @param rename where ids of several servers could be the same
  public synchronized Question ask(ToolServer server, RpcMessage question, boolean rename) {
    RpcMessage asked = question;
    if (rename) {
      asked = question.copy();
      asked.json().put("id", server.name() + "/" + ++questionsAsked);
    }
    if (questions.size() >= QUESTIONS_MAX) {
      Iterator<Question> first = questions.values().iterator();
      first.next().giveUp("Too many questions wait for the client's answers.");
      first.remove();
    }
    Question kept = new Question(server, question.id(), asked.json(), new ArrayBlockingQueue<>(1));
    Question before = questions.put(asked.id(), kept);
    if (before != null) {
      before.giveUp("Another question has the same id.");
    }
    return kept;
  }

  /// The question that a response answers, which is then answered.
  public synchronized Optional<Question> answered(JsonNode answer) {
    return Optional.ofNullable(questions.remove(answer));
  }

  /// The reply to a request, which the client may cancel by its id.
  public synchronized void begins(JsonNode request, Reply reply) {
    replies.put(request, reply);
  }

  public synchronized void ended(JsonNode request, EventStream stream) {
    replies.remove(request);
    stream.end();
    if (!stream.known()) {
      stream.forget();
      streams.remove(stream.name());
    }
  }

  /// Ends the work for a request.
  public void cancel(JsonNode request) {
    Reply reply;
    synchronized (this) {
      reply = replies.get(request);
    }
    if (reply != null) {
      reply.cancel();
    }
  }

  public synchronized EventStream begin() {
    return begin(Long.toString(++streamsBegun));
  }

  /// The stream that belongs to no request.
  public synchronized EventStream unasked() {
    EventStream stream = streams.get(UNASKED);
    return stream == null ? begin(UNASKED) : stream;
  }

  private EventStream begin(String name) {
    EventStream stream = new EventStream(name, kept);
    streams.put(name, stream);
    if (streams.size() > STREAMS_MAX) {
      Iterator<EventStream> oldest = streams.values().iterator();
      while (streams.size() > STREAMS_MAX && oldest.hasNext()) {
        EventStream each = oldest.next();
        if (each.ended()) {
          each.forget();
          oldest.remove();
        }
      }
    }
    return stream;
  }

  public synchronized @Nullable EventStream stream(String name) {
    return streams.get(name);
  }

  /// Takes the one place of who hears what belongs to no request; whoever had it is a connection
  /// that the client has given up.
  public void listens(Cuttable work) {
    Cuttable before;
    synchronized (this) {
      before = listening;
      listening = work;
    }
    if (before != null) {
      before.cut(Cuttable.Why.CLIENT_GONE);
    }
  }

  /// Ends all that goes on in it.
  public void end() {
    List<Reply> going;
    List<EventStream> open;
    Cuttable heard;
    List<Question> unanswered;
    synchronized (this) {
      unanswered = new ArrayList<>(questions.values());
      questions.clear();
      going = new ArrayList<>(replies.values());
      open = new ArrayList<>(streams.values());
      heard = listening;
    }
    unanswered.forEach(each -> each.giveUp("The session has ended."));
    going.forEach(Reply::over);
    open.forEach(EventStream::end);
    open.forEach(EventStream::forget);
    if (heard != null) {
      heard.cut(Cuttable.Why.CLIENT_GONE);
    }
    connections().forEach(ToolConnection::close);
  }
}
