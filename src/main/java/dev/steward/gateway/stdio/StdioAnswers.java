// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.ProviderGate;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The messages of a process for one request. It must be answered within the time of a call; what
/// is left before its end is cancelled.
final class StdioAnswers implements Answers {
  private final Again again;
  private StdioProcess process;
  private Exchange exchange;
  private int attemptsLeft;
  private final ToolServer server;
  private final ProviderGate gate;
  private final Duration most;
  private final Cuttable call;
  private final Runnable forget;
  private final long begunNanos = System.nanoTime();
  private boolean answered;
  private boolean told;
  private boolean closed;

  StdioAnswers(
      StdioProcess process,
      Exchange exchange,
      int attempts,
      Again again,
      ToolServer server,
      ProviderGate gate,
      Duration most,
      Cuttable call,
      Runnable forget) {
    this.process = process;
    this.exchange = exchange;
    this.attemptsLeft = attempts - 1;
    this.again = again;
    this.server = server;
    this.gate = gate;
    this.most = most;
    this.call = call;
    this.forget = forget;
  }

  /// Sends a request once more, to the process that has come in the place of one that ended.
  @FunctionalInterface
  interface Again {
    Sent send() throws ToolServerException;
  }

  /// A request on its way.
  record Sent(StdioProcess process, Exchange exchange) {}

  @Override
  public boolean streaming() {
    return false;
  }

  @Override
  public @Nullable RpcMessage next() throws ToolServerException {
    if (answered) {
      return null;
    }
    long taken = System.nanoTime() - begunNanos;
    try {
      RpcMessage message = heard(exchange, most.minusNanos(taken), server, call);
      answered = message.kind() == RpcMessage.Kind.RESPONSE;
      if (answered) {
        told = true;
        gate.answered(System.nanoTime() - begunNanos);
      }
      return message;
    } catch (ToolServerException e) {
      if (--attemptsLeft >= 0 && e.reason() instanceof Reason.Unknown unknown && !unknown.late()) {
        process.leave(exchange);
        Sent sent = again.send();
        process = sent.process();
        exchange = sent.exchange();
        return next();
      }
      told = true;
      gate.failed(System.nanoTime() - begunNanos, e);
      throw e;
    }
  }

  /// The next message that a process says.
  static RpcMessage heard(Exchange exchange, Duration wait, ToolServer server, Cuttable call)
      throws ToolServerException {
    try {
      return call.waiting(() -> {
        try {
          return exchange.next(wait, server.name());
        } catch (ToolServerException e) {
          throw new Silent(e);
        }
      });
    } catch (Silent e) {
      throw e.exception;
    } catch (IOException e) {
      throw StdioConnection.broken(server, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    forget.run();
    process.leave(exchange);
    if (!told) {
      gate.undecided();
    }
    gate.leave();
  }

  /// Carries the reason through what waits.
  private static final class Silent extends IOException {
    private static final long serialVersionUID = 1L;

    private final ToolServerException exception;

    private Silent(ToolServerException exception) {
      super(exception);
      this.exception = exception;
    }
  }
}
