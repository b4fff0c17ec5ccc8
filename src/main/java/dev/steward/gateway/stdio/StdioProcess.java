// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One process of a tool server. Requests of several clients go to it under ids of ours, and what
/// it says finds its request by them.
final class StdioProcess implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StdioProcess.class.getName());
  private static final int MESSAGE_BYTES_MAX = 32 << 20;
  private static final int LOG_LINE_MAX = 2_000;
  private static final int WRITES_MAX = 1_000;
  private static final int OPEN_MAX = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final byte[] END = new byte[0];

  private final String name;
  private final Process process;
  private final boolean shared;
  private final long startedNanos = System.nanoTime();
  private final BlockingQueue<byte[]> writes = new LinkedBlockingQueue<>(WRITES_MAX);
  private final Map<String, Exchange> open = new LinkedHashMap<>();
  private final Set<Exchange> listeners = ConcurrentHashMap.newKeySet();
  private long asked;
  private boolean over;
  private volatile String lastLog = "";
  private volatile long usedNanos = System.nanoTime();
  private volatile Era era = Era.LEGACY;
  private volatile ObjectNode welcome = RpcJson.object();

  /// @param shared whether several callers use it, so that only what is nobody's may reach them all
  StdioProcess(String name, Process process, boolean shared) {
    this.name = name;
    this.process = process;
    this.shared = shared;
    // Reads of a pipe hold their thread, so these are no virtual ones.
    Thread.ofPlatform().daemon().name("stdio-in-" + name).start(this::read);
    Thread.ofPlatform().daemon().name("stdio-out-" + name).start(this::write);
    Thread.ofPlatform().daemon().name("stdio-log-" + name).start(this::log);
  }

  /// Keeps in which era it speaks, and what it said of itself.
  void met(Era spoken, ObjectNode said) {
    era = spoken;
    welcome = said;
  }

  Era era() {
    return era;
  }

  ObjectNode welcome() {
    return welcome.deepCopy();
  }

  synchronized boolean alive() {
    return !over && process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  Duration lived() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /// How long nobody has needed it.
  synchronized Duration idle() {
    boolean needed = !open.isEmpty() || !listeners.isEmpty();
    return needed ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - usedNanos);
  }

  /// Sends a request.
  ///
  /// @throws ToolServerException when the process is gone
  Exchange ask(RpcMessage request) throws ToolServerException {
    RpcMessage sent = request.copy();
    Exchange exchange;
    synchronized (this) {
      if (over || open.size() >= OPEN_MAX) {
        throw new ToolServerException(over ? notSent() : full());
      }
      exchange =
          new Exchange("steward-" + ++asked, request.id(), request.meta().path("progressToken"));
      open.put(exchange.id(), exchange);
      usedNanos = System.nanoTime();
    }
    sent.json().put("id", exchange.id());
    if (sent.params().path("_meta") instanceof ObjectNode meta && meta.has("progressToken")) {
      meta.put("progressToken", exchange.id());
    }
    try {
      send(sent);
    } catch (ToolServerException e) {
      done(exchange);
      throw e;
    }
    return exchange;
  }

  /// Sends what has no answer.
  ///
  /// @throws ToolServerException when the process is gone, or reads no more
  void send(RpcMessage message) throws ToolServerException {
    byte[] json = RpcJson.bytes(message.json());
    if (!alive()) {
      throw new ToolServerException(notSent());
    }
    if (!writes.offer(json)) {
      throw new ToolServerException(full());
    }
  }

  /// Ends what is not answered yet, and tells the process so.
  void leave(Exchange exchange) {
    if (!done(exchange)) {
      return;
    }
    RpcMessage cancelled = RpcMessage.notification("notifications/cancelled").copy();
    cancelled.params().put("requestId", exchange.id());
    try {
      send(cancelled);
    } catch (ToolServerException e) {
      LOG.log(Level.DEBUG, "a request was not cancelled", e);
    }
  }

  private synchronized boolean done(Exchange exchange) {
    usedNanos = System.nanoTime();
    return open.remove(exchange.id()) != null;
  }

  /// Begins to hear what belongs to no request.
  Exchange listen() {
    JsonNode none = RpcJson.object().path("none");
    Exchange listener = new Exchange("", none, none);
    listeners.add(listener);
    if (!alive()) {
      listener.end(notSent());
    }
    return listener;
  }

  void deaf(Exchange listener) {
    listeners.remove(listener);
  }

  private Reason notSent() {
    return new Reason.NotSent("The process of the tool server " + name + " has ended" + why());
  }

  private Reason full() {
    return new Reason.NotSent(
        "The tool server " + name + " takes no more requests now: ask again later.");
  }

  private String why() {
    return lastLog.isEmpty() ? "." : ": it said '" + lastLog + "'.";
  }

  private void read() {
    Lines lines = new Lines(process.getInputStream(), MESSAGE_BYTES_MAX, false);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        said(line);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} is stopped: {1}", name, e.getMessage());
      process.destroyForcibly();
    } finally {
      ended();
    }
  }

  private void said(byte[] line) {
    if (line.length == 0 || (line.length == 1 && line[0] == '\r')) {
      return;
    }
    RpcMessage message;
    try {
      message = RpcMessage.of(RpcJson.read(line));
    } catch (RpcException | JacksonException e) {
      String begin = new String(line, 0, Math.min(line.length, 200), StandardCharsets.UTF_8);
      LOG.log(Level.WARNING, "{0} wrote what is no MCP message: {1}", name, begin);
      return;
    }
    switch (message.kind()) {
      case RESPONSE -> {
        Exchange exchange;
        synchronized (this) {
          exchange = open.remove(message.id().asString(""));
        }
        if (exchange != null) {
          exchange.said(message);
        }
      }
      case NOTIFICATION -> {
        Exchange exchange;
        synchronized (this) {
          exchange = open.get(message.params().path("progressToken").asString(""));
          if (exchange == null) {
            exchange = open.get(message.meta().path(Meta.SUBSCRIPTION_ID).asString(""));
          }
        }
        if (exchange != null) {
          exchange.said(message);
        } else if (!message.method().equals("notifications/progress")) {
          unasked(message);
        }
      }
      case REQUEST -> asks(message);
    }
  }

  /// What belongs to no request goes to those who listen, and else to those who wait.
  private void unasked(RpcMessage message) {
    if (shared && message.method().equals("notifications/message")) {
      return;
    }
    Set<Exchange> to = listeners;
    if (to.isEmpty()) {
      synchronized (this) {
        to = Set.copyOf(open.values());
      }
    }
    for (Exchange each : to) {
      each.said(new RpcMessage(message.json().deepCopy()));
    }
  }

  /// A question of the process goes to the request that it got last; where that may be another
  /// caller's than the one it is about, it is refused.
  private void asks(RpcMessage question) {
    Exchange to = null;
    synchronized (this) {
      if (!shared || open.size() == 1) {
        for (Exchange each : open.values()) {
          to = each;
        }
      }
    }
    if (question.method().equals("ping")) {
      answer(RpcMessage.result(question.id(), RpcJson.object()));
    } else if (to != null) {
      to.said(question);
    } else {
      answer(
          RpcMessage.error(
              question.id(), RpcError.of(-32601, 200, "Nobody is there who could answer.").json()));
    }
  }

  private void answer(ObjectNode json) {
    try {
      send(new RpcMessage(json));
    } catch (ToolServerException e) {
      LOG.log(Level.DEBUG, "a question was not answered", e);
    }
  }

  private void ended() {
    Set<Exchange> cut;
    synchronized (this) {
      over = true;
      cut = Set.copyOf(open.values());
      open.clear();
    }
    writes.clear();
    boolean told = writes.offer(END);
    Reason reason =
        new Reason.Unknown(
            "The process of the tool server " + name + " ended before it answered" + why(), false);
    for (Exchange each : cut) {
      each.end(reason);
    }
    for (Exchange each : listeners) {
      each.end(reason);
    }
    LOG.log(Level.DEBUG, "{0} is over, its writer told: {1}", name, told);
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      for (byte[] next = writes.take(); next != END; next = writes.take()) {
        out.write(next);
        out.write('\n');
        out.flush();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, name + " reads no more", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void log() {
    Lines lines = new Lines(process.getErrorStream(), LOG_LINE_MAX, true);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        lastLog = new String(line, StandardCharsets.UTF_8).strip();
        LOG.log(Level.INFO, "{0}: {1}", name, lastLog);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the log of a process broke off", e);
    }
  }

  /// Closes its input, and stops it where that is not enough.
  @Override
  public void close() {
    writes.clear();
    boolean told = writes.offer(END);
    try {
      if (!told || !process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
      }
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
