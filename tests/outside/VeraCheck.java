// Asks the veraPDF engine whether PDFs keep what they promise.
//
//   java -cp ENGINE... VeraCheck.java PROFILE,PROFILE FILE...     PROFILE: ua1, 2a, 3a
//
// Prints each rule that fails once, with its first place; exit code 1 if there is one. The engine comes in a wheel of PyPI.
import java.io.File;
import java.util.HashSet;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

public class VeraCheck {
    static final Map<String, String> RULES = Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A", "3a", "PDFA-3A");

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        boolean passed = arguments.length > 1;
        for (int at = 1; at < arguments.length; at++) {
            for (String profile : arguments[0].split(",")) {
                passed &= report(arguments[at], profile, validate(arguments[at], profile));
            }
        }
        System.exit(passed ? 0 : 1);
    }

    static ValidationResult validate(String file, String profile) throws Exception {
        String rules = "org/verapdf/pdfa/validation/" + RULES.get(profile) + ".xml";
        try (var parser = Foundries.defaultInstance().createParser(new File(file), PDFAFlavour.byFlavourId(profile));
                var text = PDFAFlavour.class.getClassLoader().getResourceAsStream(rules);
                var validator = Foundries.defaultInstance().createValidator(Profiles.profileFromXml(text), 100, false, false, false)) {
            return validator.validate(parser);
        }
    }

    static boolean report(String file, String profile, ValidationResult result) {
        System.out.printf("%s: veraPDF %s: %s, %d assertions, %d rules failed%n", file, profile,
                result.isCompliant() ? "passed" : "FAILED", result.getTotalAssertions(), result.getFailedChecks().size());
        var told = new HashSet<>();
        for (TestAssertion fault : result.getTestAssertions()) {
            if (fault.getStatus() == TestAssertion.Status.FAILED && told.add(fault.getRuleId())) {
                System.out.printf("error: clause %s, %d places: %s at %s%n", fault.getRuleId().getClause(),
                        result.getFailedChecks().get(fault.getRuleId()), fault.getMessage(), fault.getLocation().getContext());
            }
        }
        return result.isCompliant();
    }
}
