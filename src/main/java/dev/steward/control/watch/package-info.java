// SPDX-License-Identifier: Apache-2.0
/// What the server looks after on its own: what expires, and releases that wait.
@NullMarked
package dev.steward.control.watch;

import org.jspecify.annotations.NullMarked;
