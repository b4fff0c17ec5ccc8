// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.gate.Gate;
import dev.steward.server.http.ErrorPage;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.http.Problem;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The way of every HTTP request on one port: host check, route, caller, handler, answer. Every
/// failure becomes an answer here and nowhere else.
public final class Frame {
  private static final System.Logger LOG = System.getLogger(Frame.class.getName());

  private final Router router;
  private final Gate gate;
  private final HostCheck hosts;
  private final ErrorPage errorPage;
  private final Sending sending;
  private final long bodyLimit;

  /// @param bodyLimit bytes of a request body, after decompression
  public Frame(
      Router router,
      Gate gate,
      java.util.List<String> hosts,
      ErrorPage errorPage,
      HttpCounts counts,
      long bodyLimit) {
    this.router = router;
    this.gate = gate;
    this.hosts = new HostCheck(hosts);
    this.errorPage = errorPage;
    this.sending = new Sending(counts);
    this.bodyLimit = bodyLimit;
  }

  /// @param pace wraps the request's body, to watch how it comes
  public void serve(
      ServerRequest request, ServerResponse response, UnaryOperator<InputStream> pace) {
    String method = request.prologue().method().text();
    Optional<Router.Match> match = router.find(method, request.path().path());
    Exchange exchange =
        new Exchange(
            request, match.map(Router.Match::parameters).orElse(Map.of()), bodyLimit, pace);
    Reply reply = answer(exchange, match);
    sending.send(reply, exchange, response);
  }

  private Reply answer(Exchange exchange, Optional<Router.Match> match) {
    try {
      if (!hosts.accepts(exchange.header("Host").orElse(""))) {
        return wrongHost(exchange);
      }
      exchange.requireText();
      if (match.isEmpty()) {
        return noRoute(exchange);
      }
      Route route = match.get().route();
      gate.admit(exchange, route).ifPresent(exchange::identify);
      route.need().permission().ifPresent(p -> exchange.caller().requireAnywhere(p));
      route.requireKnown(exchange.query().keySet());
      return route.handler().handle(exchange);
    } catch (ApiException e) {
      return failed(exchange, e);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, exchange.method() + " " + exchange.path() + " failed", e);
      return failed(
          exchange,
          new ApiException(
              ErrorCode.INTERNAL, "The server met an error it did not expect; it is in its log."));
    }
  }

  private Reply failed(Exchange exchange, ApiException failure) {
    Problem problem = Problem.of(failure, exchange.path());
    if (!wantsPage(exchange)) {
      return problem.reply();
    }
    try {
      return errorPage.page(exchange, problem);
    } catch (ApiException e) {
      // Where not even a page about it can be made, the bare error is better than none.
      LOG.log(System.Logger.Level.DEBUG, "no page can be made", e);
      return problem.reply();
    }
  }

  private static boolean wantsPage(Exchange exchange) {
    return !exchange.path().startsWith("/api/")
        && exchange.header("Accept").orElse("").contains("text/html");
  }

  private Reply noRoute(Exchange exchange) {
    Set<String> methods = router.methods(exchange.path());
    if (methods.isEmpty()) {
      return failed(
          exchange,
          new ApiException(ErrorCode.NOT_FOUND, "There is nothing at " + exchange.path() + "."));
    }
    Problem problem =
        new Problem(
            "urn:steward:error:method-not-allowed",
            "The method does not fit",
            405,
            exchange.path() + " does not take " + exchange.method() + ".",
            exchange.path(),
            "METHOD_NOT_ALLOWED",
            false,
            "Use " + String.join(", ", methods) + ".");
    return problem.reply().with("Allow", String.join(", ", methods));
  }

  private static Reply wrongHost(Exchange exchange) {
    return new Problem(
            "urn:steward:error:wrong-host",
            "The host name is not ours",
            421,
            "The Host header is '" + exchange.header("Host").orElse("") + "'.",
            exchange.path(),
            "WRONG_HOST",
            false,
            "Add the name to http.hosts in the configuration, or use localhost or an address.")
        .reply();
  }
}
