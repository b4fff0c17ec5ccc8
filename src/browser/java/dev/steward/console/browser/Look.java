// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/// A width and a theme in which pages are looked at.
enum Look {
  LIGHT_WIDE(ColorScheme.LIGHT, 1280, 800),
  DARK_WIDE(ColorScheme.DARK, 1280, 800),
  LIGHT_PHONE(ColorScheme.LIGHT, 390, 844),
  DARK_PHONE(ColorScheme.DARK, 390, 844);

  private final ColorScheme theme;
  private final int width;
  private final int height;

  Look(ColorScheme theme, int width, int height) {
    this.theme = theme;
    this.width = width;
    this.height = height;
  }

  ColorScheme theme() {
    return theme;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// Such as `light-1280`.
  String word() {
    return theme.name().toLowerCase(Locale.ROOT) + "-" + width;
  }
}
