// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the shared server and browser, opened for the first and closed behind the last.
final class WithGuests implements BeforeAllCallback, ParameterResolver {
  private static final Namespace SHARED = Namespace.create(WithGuests.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    guests(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Guests.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return guests(context);
  }

  private static Guests guests(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SHARED)
        .computeIfAbsent(Guests.class, _ -> open(), Guests.class);
  }

  private static Guests open() {
    try {
      return Guests.open();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
