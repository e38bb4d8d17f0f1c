using System.Buffers.Text;
using System.Security.Cryptography;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

public sealed class BindingTests : IAsyncLifetime
{
    private const string Value = "a-fingerprint-of-a-browser";

    private PeopleCore _core = null!;

    private FingerprintHasher Hasher => _core.Get<FingerprintHasher>();

    public async ValueTask InitializeAsync() => _core = await PeopleCore.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData("a-fingerprint-of-a-browser ")]
    [InlineData(" a-fingerprint-of-a-browser")]
    [InlineData("A-fingerprint-of-a-browser")]
    [InlineData("a-fingerprint-of-a-browse")]
    [InlineData("")]
    public void Hash_takes_a_value_exactly_as_it_is(string other)
    {
        Assert.True(Hasher.Matches(Value, Hasher.Hash(Value)));
        Assert.False(Hasher.Matches(other, Hasher.Hash(Value)));
    }

    [Fact]
    public void Hash_keeps_parts_apart() =>
        Assert.NotEqual(Hasher.Hash("ab", "c", "d"), Hasher.Hash("a", "bc", "d"));

    [Fact]
    public async Task Hash_of_another_store_is_another()
    {
        await using var other = await PeopleCore.StartAsync();

        Assert.NotEqual(Hasher.Hash(Value), other.Get<FingerprintHasher>().Hash(Value));
    }

    [Fact]
    public void Proof_of_the_same_browser_passes() => Assert.Null(Check(challenge => new ProofAnswer(Value, TestBrowser.Sign(challenge))));

    [Fact]
    public void Proof_without_an_answer_fails() => Assert.Equal(ProofFault.NoAnswer, Check(_ => null));

    [Fact]
    public void Proof_with_another_fingerprint_fails() =>
        Assert.Equal(ProofFault.WrongFingerprint, Check(challenge => new ProofAnswer("another", TestBrowser.Sign(challenge))));

    [Fact]
    public void Proof_for_another_nonce_fails() => Assert.Equal(
        ProofFault.WrongSignature,
        Check(challenge => new ProofAnswer(Value, TestBrowser.Sign(ProofChallenge.For(challenge.Circuit)))));

    [Fact]
    public void Proof_for_another_circuit_fails() => Assert.Equal(
        ProofFault.WrongSignature,
        Check(challenge => new ProofAnswer(Value, TestBrowser.Sign(challenge with { Circuit = "another" }))));

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Proof_with_no_signature_fails(string signature) =>
        Assert.Equal(ProofFault.WrongSignature, Check(_ => new ProofAnswer(Value, signature)));

    [Fact]
    public void Key_on_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.False(BrowserKey.IsValid(Base64Url.EncodeToString(other.ExportSubjectPublicKeyInfo())));
    }

    [Fact]
    public void Key_with_bytes_behind_it_is_refused() =>
        Assert.False(BrowserKey.IsValid(Base64Url.EncodeToString([.. Base64Url.DecodeFromChars(TestBrowser.Key), 0])));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64url!")]
    public void Key_that_is_none_is_refused(string? text) => Assert.False(BrowserKey.IsValid(text));

    private ProofFault? Check(Func<ProofChallenge, ProofAnswer?> answer)
    {
        var challenge = ProofChallenge.For("circuit");
        return _core.Get<CircuitProof>().Check(
            new SessionBinding(Hasher.Hash(Value), TestBrowser.Key), challenge, answer(challenge));
    }
}
