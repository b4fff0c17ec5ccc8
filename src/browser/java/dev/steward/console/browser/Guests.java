// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// The one server and the one browser that all tests share, and the way to a visit.
final class Guests implements AutoCloseable {
  private final House house;
  private final Chromium chromium;
  private final String session;

  private Guests(House house, Chromium chromium) {
    this.house = house;
    this.chromium = chromium;
    this.session = logIn();
  }

  /// Opens both, or ends the test as skipped where there is no chromium.
  static Guests open() throws IOException, InterruptedException {
    Optional<Path> executable = Chromium.find();
    Assumptions.assumeTrue(
        executable.isPresent(), "skipped: none of " + Chromium.NAMES + " is on the path");
    return new Guests(House.open(), Chromium.open(executable.orElseThrow()));
  }

  House house() {
    return house;
  }

  Visit visit(Look look) {
    return visit(look, house.address());
  }

  Visit visit(Look look, String address) {
    return Visit.of(chromium.browser(), address, session, look, true);
  }

  Visit withoutScripts(Look look) {
    return Visit.of(chromium.browser(), house.address(), session, look, false);
  }

  Visit stranger(Look look) {
    return stranger(look, house.address());
  }

  Visit stranger(Look look, String address) {
    return Visit.stranger(chromium.browser(), address, look, true);
  }

  private String logIn() {
    try (Visit visit = stranger(Look.LIGHT_WIDE)) {
      Page page = visit.open("/login").page();
      page.getByLabel("Token").fill(house.server().token());
      page.getByText("Log in").last().click();
      page.waitForURL("**/now");
      visit.requireQuiet();
      String session = visit.cookie(dev.steward.server.gate.SessionGate.COOKIE);
      assertThat(session).isNotEmpty();
      return session;
    }
  }

  @Override
  public void close() throws IOException {
    chromium.close();
    house.close();
  }
}
