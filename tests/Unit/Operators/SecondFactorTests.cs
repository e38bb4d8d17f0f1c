using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Operators;

/// <summary>Authenticator apps, recovery codes and passkeys as the core keeps and checks them.</summary>
public sealed class SecondFactorTests : IAsyncLifetime
{
    private PeopleCore _core = null!;
    private OperatorAccount _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SecondFactorChanges Changes => _core.Get<SecondFactorChanges>();

    private OperatorSecondFactors Stored => _core.Operators.Find(_admin.Id)!.SecondFactors;

    private Actor Who => new("admin", Roles.Administrator, "192.0.2.1", "own") { ProvenAt = _core.Clock.GetUtcNow() };

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync();
        _admin = await _core.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(
        code, TimeBasedCode.Of("12345678901234567890"u8.ToArray(), TimeBasedCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void Key_uri_holds_the_key_and_both_names()
    {
        var uri = TimeBasedCode.UriOf("12345678901234567890"u8.ToArray(), "Signet example.com", "o'hara@x");

        Assert.StartsWith("otpauth://totp/Signet%20example.com:o%27hara%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&", uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_code_is_taken_one_step_early_and_one_step_late(int steps, bool isTaken)
    {
        var seed = await AddAsync();
        _core.Clock.Advance(TimeSpan.FromMinutes(10));

        var verdict = await VerifyAsync(CodeOf(seed, steps));

        Assert.Equal(isTaken, verdict is SecondFactorVerdict.Accepted { Kind: SecondFactorKind.OneTimeCode });
    }

    [Fact]
    public async Task A_code_is_taken_once_and_no_older_one_after_it()
    {
        var seed = await AddAsync();
        Assert.IsType<SecondFactorVerdict.Refused>(await VerifyAsync(CodeOf(seed, 0)));
        _core.Clock.Advance(TimeSpan.FromMinutes(10));

        var code = CodeOf(seed, 0);
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => VerifyAsync(code))));

        Assert.Single(verdicts, verdict => verdict is SecondFactorVerdict.Accepted);
        _core.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<SecondFactorVerdict.Accepted>(await VerifyAsync(CodeOf(seed, 0)));
        Assert.IsType<SecondFactorVerdict.Refused>(await VerifyAsync(CodeOf(seed, -1)));
        Assert.IsType<SecondFactorVerdict.Accepted>(await VerifyAsync(CodeOf(seed, 1)));
    }

    [Fact]
    public async Task After_ten_wrong_codes_in_an_hour_not_even_the_right_one_is_looked_at()
    {
        var seed = await AddAsync();
        _core.Clock.Advance(TimeSpan.FromMinutes(10));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.IsType<SecondFactorVerdict.Refused>(await VerifyAsync("000000"));
        }

        Assert.IsType<SecondFactorVerdict.Throttled>(await VerifyAsync(CodeOf(seed, 0)));
        _core.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<SecondFactorVerdict.Accepted>(await VerifyAsync(CodeOf(seed, 0)));
    }

    [Fact]
    public async Task A_recovery_code_stands_in_once_however_it_is_typed()
    {
        var (_, codes) = await AddWithCodesAsync();
        Assert.Equal(10, codes.Distinct().Count());

        var typed = codes[4].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant();
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => VerifyAsync(typed))));

        Assert.Equal(
            SecondFactorKind.RecoveryCode, Assert.Single(verdicts.OfType<SecondFactorVerdict.Accepted>()).Kind);
        Assert.Equal(9, Stored.RecoveryCodes.Count);
        Assert.Contains(await _core.AuditAsync(_admin.Id), entry => entry.Action == "operator.recovery_code_used");
    }

    [Fact]
    public async Task New_recovery_codes_end_the_old_ones()
    {
        var (_, old) = await AddWithCodesAsync();

        var renewed = Assert.IsType<SecondFactorChange.Changed>(await Changes.RenewRecoveryCodesAsync(_admin.Id, Who, Stop));

        Assert.IsType<SecondFactorVerdict.Refused>(await VerifyAsync(old[0]));
        Assert.IsType<SecondFactorVerdict.Accepted>(await VerifyAsync(renewed.NewRecoveryCodes[0]));
    }

    [Fact]
    public async Task Seed_and_codes_are_in_no_clear_text_in_what_is_stored()
    {
        var (seed, codes) = await AddWithCodesAsync();

        var stored = Stored.ToJson();

        Assert.DoesNotContain(Convert.ToBase64String(seed), stored, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_offer_is_for_its_operator_and_for_ten_minutes()
    {
        var offer = Changes.Offer(_admin.Id);
        var code = CodeOf(SeedOf(offer), 0);

        Assert.IsType<SecondFactorChange.OfferExpired>(await Changes.AddAuthenticatorAsync("another", offer.Sealed, code, Who, Stop));
        Assert.IsType<SecondFactorChange.OfferExpired>(await Changes.AddAuthenticatorAsync(_admin.Id, offer.Sealed[..^2] + "AA", code, Who, Stop));
        Assert.IsType<SecondFactorChange.WrongCode>(await Changes.AddAuthenticatorAsync(_admin.Id, offer.Sealed, "000000", Who, Stop));
        _core.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<SecondFactorChange.OfferExpired>(
            await Changes.AddAuthenticatorAsync(_admin.Id, offer.Sealed, CodeOf(SeedOf(offer), 0), Who, Stop));
        Assert.False(Stored.Any);
    }

    [Fact]
    public async Task A_change_needs_a_fresh_proof_and_ends_the_other_sessions()
    {
        var (own, other) = (await _core.StartSessionAsync(_admin), await _core.StartSessionAsync(_admin));
        var who = Who with { Session = own.Session.Name };
        var offer = Changes.Offer(_admin.Id);

        var stale = who with { ProvenAt = _core.Clock.GetUtcNow() - TimeSpan.FromMinutes(6) };
        var refused = await Assert.ThrowsAsync<AccessRefusedException>(
            () => Changes.AddAuthenticatorAsync(_admin.Id, offer.Sealed, CodeOf(SeedOf(offer), 0), stale, Stop));
        Assert.Equal(AccessRefusal.Proof, refused.Refusal);

        Assert.IsType<SecondFactorChange.Changed>(
            await Changes.AddAuthenticatorAsync(_admin.Id, offer.Sealed, CodeOf(SeedOf(offer), 0), who, Stop));

        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindAsync(own.Session.Name, Stop));
        Assert.Equal(
            SessionEndReason.SecondFactorChanged,
            Assert.IsType<SessionLookup.Ended>(await _core.Sessions.FindAsync(other.Session.Name, Stop)).Reason);
        Assert.Contains(await _core.AuditAsync(_admin.Id), entry => entry.Action == "operator.authenticator_added");
    }

    [Fact]
    public async Task A_copied_passkey_is_noticed_by_its_counter()
    {
        var passkey = new Passkey { CredentialId = [1, 2, 3], PublicKey = [4], Name = "Laptop", CreatedAt = _core.Clock.GetUtcNow(), SignCount = 5 };
        Assert.IsType<SecondFactorChange.Changed>(await Changes.AddPasskeyAsync(_admin.Id, passkey, Who, Stop));
        Assert.Equal(10, Stored.RecoveryCodes.Count);

        Assert.True(await Changes.UsePasskeyAsync(_admin.Id, passkey with { SignCount = 6 }, Stop));
        Assert.False(await Changes.UsePasskeyAsync(_admin.Id, passkey with { SignCount = 6 }, Stop));

        Assert.Equal(_admin.Id, _core.Operators.FindByPasskey([1, 2, 3])!.Id);
        Assert.IsType<SecondFactorChange.Unchanged>(await Changes.AddPasskeyAsync(_admin.Id, passkey, Who, Stop));
        Assert.IsType<SecondFactorChange.Changed>(await Changes.RemovePasskeyAsync(_admin.Id, [1, 2, 3], Who, Stop));
        Assert.Equal(OperatorSecondFactors.None, Stored);
    }

    [Fact]
    public async Task The_last_factor_stays_where_the_role_needs_one()
    {
        await using var core = await PeopleCore.StartAsync(("Operators:SecondFactors:RequiredFor:0", "administrator"));
        var admin = await core.AddAdminAsync();
        var (changes, who) = (core.Get<SecondFactorChanges>(), Who with { ProvenAt = core.Clock.GetUtcNow() });
        var offer = changes.Offer(admin.Id);
        var code = TimeBasedCode.Of(SeedOf(offer), TimeBasedCode.StepOf(core.Clock.GetUtcNow()));
        await changes.AddAuthenticatorAsync(admin.Id, offer.Sealed, code, who, Stop);

        Assert.IsType<SecondFactorChange.Needed>(await changes.RemoveAuthenticatorAsync(admin.Id, who, Stop));
        Assert.True(core.Operators.Find(admin.Id)!.SecondFactors.Any);
    }

    private async Task<byte[]> AddAsync() => (await AddWithCodesAsync()).Seed;

    private async Task<(byte[] Seed, IReadOnlyList<string> Codes)> AddWithCodesAsync()
    {
        var offer = Changes.Offer(_admin.Id);
        var seed = SeedOf(offer);
        var changed = Assert.IsType<SecondFactorChange.Changed>(
            await Changes.AddAuthenticatorAsync(_admin.Id, offer.Sealed, CodeOf(seed, 0), Who, Stop));
        return (seed, changed.NewRecoveryCodes);
    }

    private Task<SecondFactorVerdict> VerifyAsync(string code) =>
        _core.Get<SecondFactorCheck>().VerifyAsync(_admin.Id, code, RequestOrigin.None, Stop);

    private string CodeOf(byte[] seed, int steps) =>
        TimeBasedCode.Of(seed, TimeBasedCode.StepOf(_core.Clock.GetUtcNow()) + steps);

    private static byte[] SeedOf(AuthenticatorOffer offer)
    {
        const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(offer.Secret.Where(char.IsAsciiLetterOrDigit)
            .Select(letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
