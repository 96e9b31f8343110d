using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Operations;

/// <summary>Checks options by their attributes, and names what is wrong as one finds it in the settings: Chat:Rooms:MessageTextBytes.</summary>
internal sealed class KeyedValidation<T>(string section) : IKeyed, IValidateOptions<T> where T : class
{
    public string Section => section;

    public Type Options => typeof(T);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var mistakes = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true);
        return mistakes.Count is 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(mistakes.Select(mistake => $"{section}:{string.Join(", ", mistake.MemberNames)}: {mistake.ErrorMessage}"));
    }
}

/// <summary>Which options are found below which key.</summary>
internal interface IKeyed
{
    string Section { get; }

    Type Options { get; }
}
