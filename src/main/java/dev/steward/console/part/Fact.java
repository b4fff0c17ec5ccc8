// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

/// A name and its value, one line of `tag/facts.jte`.
///
/// @param value "" is shown as nothing known
/// @param href where the value leads, "" for nowhere
/// @param note behind the value, "" for none
/// @param mono whether the value is an id, a digest or the like
public record Fact(String name, String value, String href, String note, boolean mono) {

  public static Fact of(String name, String value) {
    return new Fact(name, value, "", "", false);
  }

  public static Fact mono(String name, String value) {
    return new Fact(name, value, "", "", true);
  }

  public Fact to(String address) {
    return new Fact(name, value, address, note, mono);
  }

  public Fact noted(String words) {
    return new Fact(name, value, href, words, mono);
  }
}
