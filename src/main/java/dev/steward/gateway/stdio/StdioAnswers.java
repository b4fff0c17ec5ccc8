// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The messages of a process for one request. It must begin to answer within the time of a call and
/// must not go silent after; what is left before its end is cancelled.
final class StdioAnswers implements Answers {
  private final Again again;
  private StdioProcess process;
  private Exchange exchange;
  private int attemptsLeft;
  private final ToolServer server;
  private final Visit visit;
  private final Duration idle;
  private final Cuttable call;
  private final Runnable forget;
  private Duration most;
  private boolean answered;
  private boolean closed;

  /// @param most longest wait for what it says first
  /// @param idle longest silence after that
  StdioAnswers(
      Sent sent,
      int attempts,
      Again again,
      ToolServer server,
      Visit visit,
      Duration most,
      Duration idle,
      Cuttable call,
      Runnable forget) {
    this.process = sent.process();
    this.exchange = sent.exchange();
    this.attemptsLeft = attempts - 1;
    this.again = again;
    this.server = server;
    this.visit = visit;
    this.most = most;
    this.idle = idle;
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
    try {
      RpcMessage message = heard(exchange, most, server, call);
      visit.began();
      // A process that waits for an answer of its client cannot go on by itself.
      most = message.kind() == RpcMessage.Kind.REQUEST ? StdioConnection.LISTEN_MAX : idle;
      answered = message.kind() == RpcMessage.Kind.RESPONSE;
      if (answered) {
        visit.answered();
      }
      return message;
    } catch (ToolServerException e) {
      if (--attemptsLeft >= 0 && e.reason() instanceof Reason.Unknown unknown && !unknown.late()) {
        resend();
        return next();
      }
      visit.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void resend() throws ToolServerException {
    process.leave(exchange);
    try {
      Sent sent = again.send();
      process = sent.process();
      exchange = sent.exchange();
    } catch (ToolServerException e) {
      visit.failed(String.valueOf(e.getMessage()));
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
    visit.leave();
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
