using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Tests.Unit.Tokens.Validation;

public sealed class TokenParserProperties
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é";

    [Fact]
    public void Parse_any_text_never_throws() => Prop.ForAll<string?>(text =>
        TokenParser.Parse(text ?? "", out var fault) is not null || fault.Length > 0).Check(Quick(2_000));

    [Fact]
    public void Parse_text_of_the_alphabet_never_throws()
    {
        var texts = Gen.Elements(Alphabet.ToCharArray()).ArrayOf().Select(characters => new string(characters)).ToArbitrary();

        Prop.ForAll(texts, text => TokenParser.Parse(text, out var fault) is not null || fault.Length > 0).Check(Quick(2_000));
    }

    [Fact]
    public void Parse_any_three_parts_of_bytes_never_throws()
    {
        var parts = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Three().ToArbitrary();

        Prop.ForAll(parts, item =>
        {
            var text = string.Join('.', new[] { item.Item1, item.Item2, item.Item3 }.Select(bytes => System.Buffers.Text.Base64Url.EncodeToString(bytes)));
            return TokenParser.Parse(text, out var fault) is not null || fault.Length > 0;
        }).Check(Quick(2_000));
    }

    [Fact]
    public async Task Validate_good_token_with_any_one_character_changed_refuses()
    {
        await using var host = await CoreHost.StartAsync();
        var good = (await host.IssueAsync()).Token;
        var random = new Lcg(7);

        for (var index = 0; index < good.Length; index++)
        {
            var other = random.Pick(Alphabet.Where(character => character != good[index]).ToArray());
            var mutated = $"{good[..index]}{other}{good[(index + 1)..]}";

            Assert.True(await host.CodeAsync(mutated) is not null, $"Accepted with '{other}' at {index}.");
        }
    }

    [Fact]
    public async Task Validate_good_token_cut_or_extended_anywhere_refuses()
    {
        await using var host = await CoreHost.StartAsync();
        var good = (await host.IssueAsync()).Token;

        for (var index = 0; index < good.Length; index++)
        {
            Assert.NotNull(await host.CodeAsync(good.Remove(index, 1)));
            Assert.NotNull(await host.CodeAsync(good.Insert(index, "A")));
        }
    }

    [Fact]
    public async Task Validate_many_random_mutations_never_fails_otherwise()
    {
        await using var host = await CoreHost.StartAsync();
        var good = (await host.IssueAsync()).Token;
        var random = new Lcg(11);

        for (var round = 0; round < 3_000; round++)
        {
            var characters = good.ToCharArray();
            for (var change = 0; change <= random.Next(4); change++)
            {
                characters[random.Next(characters.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var mutated = new string(characters);
            Assert.True(mutated == good || await host.CodeAsync(mutated) is not null, mutated);
        }
    }

    private static Config Quick(int tests) => Config.QuickThrowOnFailure.WithMaxTest(tests);
}
