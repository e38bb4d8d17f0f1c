using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Hosting;

/// <summary>Asks the one validation routine that every endpoint asks.</summary>
internal sealed class CoreBearerCheck(TokenValidator validator) : IBearerCheck
{
    public ValueTask<TokenVerdict> CheckAsync(string token, ValidationContext context, CancellationToken cancellationToken) =>
        validator.ValidateAsync(token, context, cancellationToken);
}
